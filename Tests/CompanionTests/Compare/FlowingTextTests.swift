// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct FlowingTextTests {
  @Test(
    arguments: [
      ("a \n\t b", "a b"), ("\u{1B}]0;x\u{7}", "\u{FFFD}]0;x\u{FFFD}"), ("a\u{2028}b", "a b"),
      ("\u{202D}x\u{2066}", "\u{FFFD}x\u{FFFD}"), (" a ", " a "), ("\u{9B}31m", "\u{FFFD}31m"),
    ])
  func nothingSteersTheTerminal(_ text: String, _ shown: String) {
    #expect(FlowingText.line(text.utf8) == shown)
  }

  @Test func whatIsNotUTF8IsReplaced() {
    #expect(FlowingText.line([0x61, 0xFF]) == "a\u{FFFD}")
  }
}
