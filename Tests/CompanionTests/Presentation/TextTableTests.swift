// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct TextTableTests {
  private var table: TextTable {
    var table = TextTable([
      .init(title: "NAME"), .init(title: "N", alignment: .right), .init(title: "PATH"),
    ])
    table.append([.init("日本", .name), .init("1"), .init("a/short/path.txt")])
    table.append([.init("x"), .init("1,000"), .init("a/path/that/is/longer/than/the/screen.txt")])
    return table
  }

  @Test("columns stand below each other, wide characters counted as two")
  func plain() {
    #expect(
      table.lines(OutputStyle()) == [
        "NAME      N  PATH", "日本      1  a/short/path.txt",
        "x     1,000  a/path/that/is/longer/than/the/screen.txt",
      ])
  }

  @Test("on a terminal the last column gives way, and colour takes no room")
  func terminal() {
    let lines = table.lines(OutputStyle(isColoured: true, columns: 40))
    #expect(lines[1] == "\u{1B}[36m日本\u{1B}[0m      1  a/short/path.txt")
    #expect(lines[2] == "x     1,000  a/path/that/i…he/screen.txt")
    #expect(DisplayWidth.of(lines[2]) <= 40)
  }

  private var several: TextTable {
    var table = TextTable([
      .init(title: "N"), .init(title: "WORDS", missedAt: 2),
      .init(title: "PATH", isFlexible: true, missedAt: 1), .init(title: "TITLE"),
      .init(title: "NOTE", missedAt: 3),
    ])
    let title = "A headline that is somewhat longer than a narrow terminal has room for it"
    table.append([
      .init("1"), .init("12,345"), .init("wire/2026/11/21/a-long-name-of-a-file.txt"),
      .init(title), .init(""),
    ])
    return table
  }

  @Test("columns that can be missed go in their order, and an empty one is never shown")
  func missed() {
    let titles = { (columns: Int?) in
      several.lines(OutputStyle(columns: columns))[0].split(separator: " ").map(String.init)
    }
    #expect(titles(nil) == ["N", "WORDS", "PATH", "TITLE"])
    #expect(titles(80) == ["N", "WORDS", "PATH", "TITLE"])
    #expect(titles(70) == ["N", "WORDS", "TITLE"])
    #expect(titles(36) == ["N", "TITLE"])
  }

  @Test("whatever the terminal, lines fit and the last column can be read", arguments: 36...140)
  func fits(_ columns: Int) {
    let lines = several.lines(OutputStyle(columns: columns))
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
    #expect(lines[1].contains("A headline "))
  }
}
