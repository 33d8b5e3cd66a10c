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
    #expect(lines[2] == "x     1,000  …longer/than/the/screen.txt")
    #expect(DisplayWidth.of(lines[2]) <= 40)
  }
}
