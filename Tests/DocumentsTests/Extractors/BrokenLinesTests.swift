// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(5)))
struct BrokenLinesTests {
  private func joined(_ text: String) -> String {
    String(decoding: BrokenLines.joined(Array(text.utf8)), as: UTF8.self)
  }

  @Test func aParagraphBecomesALine() {
    let text = """
      The ferry left the harbour at nine in the morning, an hour
      behind its time, and reached the island when the market had
      closed.

      Nobody complained.
      """
    #expect(
      joined(text) == """
        The ferry left the harbour at nine in the morning, an hour behind its time, and reached \
        the island when the market had closed.

        Nobody complained.

        """)
  }

  @Test func shortLinesStay() {
    #expect(joined("Bread\nButter\nCheese\n") == "Bread\nButter\nCheese\n\n")
  }

  /// The tokenizer joins what a hyphen and a line end part.
  @Test func aHyphenKeepsItsLineEnd() {
    let line = String(repeating: "word ", count: 11)
    #expect(joined("\(line)exam-\nples") == "\(line)exam-\nples\n")
  }

  @Test func aPageEndsABlock() {
    let line = String(repeating: "word ", count: 11)
    #expect(joined("\(line)\n\u{0C}\(line)") == "\(line)\n\u{0C}\(line)\n")
  }
}
