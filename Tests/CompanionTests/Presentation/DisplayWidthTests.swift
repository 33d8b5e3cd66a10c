// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct DisplayWidthTests {
  @Test(
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국", 4), ("ｱ", 1),
      ("Ａ", 2), ("🚀", 2), ("…", 1),
    ])
  func widths(_ text: String, _ width: Int) { #expect(DisplayWidth.of(text) == width) }

  @Test(
    "both ends are kept, in as many columns as there are",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 4, "ab…f"), ("日本語", 5, "日…語"), ("日本語", 4, "日…"),
      ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("abc", 1, "…"),
    ] as [(String, Int, String)])
  func fitted(_ text: String, _ columns: Int, _ expected: String) {
    let fitted = DisplayWidth.fitted(text, to: columns)
    #expect(fitted == expected)
    #expect(DisplayWidth.of(fitted) <= columns)
  }

  @Test("of a member of a file both names keep their ends, the member most of its own")
  func members() {
    let name = "delivery-2026-11-20-complete.zip » desk/story-17-with-a-long-name.docx"
    #expect(DisplayWidth.fitted(name, to: 80) == name)
    #expect(DisplayWidth.fitted(name, to: 40) == "deliver…ete.zip » desk/story-…-name.docx")
    #expect(
      DisplayWidth.fitted("delivery-2026-11-20-complete.jsonl » line 4", to: 24)
        == "deliver…e.jsonl » line 4")
    #expect((16...70).allSatisfy { DisplayWidth.of(DisplayWidth.fitted(name, to: $0)) <= $0 })
  }

  @Test("colours take no columns")
  func painted() {
    #expect(DisplayWidth.ofPainted("\u{1B}[36mc1\u{1B}[0m: 日") == 6)
    #expect(DisplayWidth.ofPainted("") == 0)
  }
}
