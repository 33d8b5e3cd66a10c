// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct FoldedTextTests {
  private let text = "one two three four five six seven\n  eight nine ten eleven twelve thirteen"

  @Test("lines are folded between words, their rest indented; what fits stays")
  func folding() {
    #expect(
      FoldedText.fitted(text, to: 24) == """
        one two three four five
          six seven
          eight nine ten eleven
            twelve thirteen
        """)
    #expect(FoldedText.fitted(text, to: 80) == text)
    #expect(FoldedText.fitted(text, to: nil) == text)
    #expect(FoldedText.fitted(text, to: 10) == text, "no column is so narrow")
  }

  @Test("a word that no line holds is broken, and nothing is lost")
  func longWords() {
    let word = String(repeating: "日x", count: 40)
    let folded = FoldedText.fitted("a \(word) b\n", to: 30)
    let lines = folded.split(separator: "\n")
    #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= 30 })
    #expect(lines.map { $0.drop { $0 == " " } }.joined().filter { $0 != " " } == "a\(word)b")
  }

  @Test("colours are no columns, and stay with their words")
  func colours() {
    let painted = "\u{1B}[2mtwelve columns\u{1B}[0m and then \u{1B}[36mc1\u{1B}[0m"
    #expect(
      FoldedText.fitted(painted, to: 24)
        == "\u{1B}[2mtwelve columns\u{1B}[0m and then\n  \u{1B}[36mc1\u{1B}[0m")
  }

  @Test("usage is folded between options and never within one")
  func usage() {
    let help = "USAGE: neardup tail [--config <file>] [--cluster <cluster> ...] [--follow]\n\nX"
    #expect(
      FoldedText.usage(help, to: 40) == """
        USAGE: neardup tail [--config <file>]
               [--cluster <cluster> ...]
               [--follow]

        X
        """)
  }
}
