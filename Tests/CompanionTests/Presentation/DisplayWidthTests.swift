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
}
