// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct TerminalTextTests {
  @Test(
    "what a terminal would obey, or nobody would see, is written out",
    arguments: [
      ("plain.txt", "plain.txt"), ("a\nb\tc\r", "a\\nb\\tc\\r"), ("\u{1B}[2J", "\\e[2J"),
      ("\u{7}\u{7F}", "\\x07\\x7f"), ("\u{9B}31m", "\\u{009b}31m"), ("a\\n", "a\\\\n"),
      ("txt.\u{202E}exe", "txt.\\u{202e}exe"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
      ("a\u{200B}b\u{FEFF}", "a\\u{200b}b\\u{feff}"), ("a\u{2028}b", "a\\u{2028}b"),
      ("\u{E0041}", "\\u{e0041}"), ("\u{AD}", "\\u{00ad}"), ("\u{3164}", "\\u{3164}"),
      ("日本語 é e\u{301} 👩\u{200D}🚀", "日本語 é e\u{301} 👩\u{200D}🚀"),
    ])
  func text(_ name: String, _ shown: String) {
    #expect(TerminalText.safe(name) == shown)
    #expect(TerminalText.safe(Array(name.utf8)) == shown)
  }

  @Test("bytes that are not UTF-8 are shown as they are")
  func bytes() {
    #expect(TerminalText.safe([0x63, 0xE9, 0x2E]) == "c\\xe9.")
    #expect(TerminalText.safe([0xE6, 0x97]) == "\\xe6\\x97")
    #expect(TerminalText.safe([0xED, 0xA0, 0x80, 0x61]) == "\\xed\\xa0\\x80a")
  }

  @Test("no two names are shown by the same characters, and none has a control character")
  func distinct() {
    // As bytes, since strings are equal that are only canonically equivalent.
    var shown: [[UInt8]: [UInt8]] = [:]
    for first in UInt8.min...UInt8.max {
      for second: UInt8 in [0x0A, 0x41, 0x5C, 0x80, 0x9B, 0xC2, 0xE2, 0x6E] {
        let text = TerminalText.safe([first, second])
        #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        #expect(shown.updateValue([first, second], forKey: Array(text.utf8)) == nil, "\(text)")
      }
    }
  }
}
