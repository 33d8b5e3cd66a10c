// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ComparisonDescriptionTests {
  private static let first = "The mayor opened the new bridge over the river on Friday."
  private static let second = "The mayor opened the new bridge over the river on Sunday."

  private func text(
    _ layout: ComparisonDescription.Layout, columns: Int = 80, isColoured: Bool = false
  ) throws -> String {
    ComparisonDescription(
      comparison: try ComparisonRowsTests.comparison(Self.first, Self.second),
      columns: columns, isColoured: isColoured
    ).text(layout)
  }

  @Test func theMeasuresComeFirst() throws {
    let lines = try text(.none).split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines[0].hasPrefix("A            text: 57 B, 11 words, 9 shingles"))
    #expect(lines[3] == "resemblance  0.800, 8 of 10 shingles")
    #expect(lines[5] == "words        10 shared, 0 moved, 1 changed, 0 only in A, 0 only in B")
  }

  @Test func inlineHasBothWords() throws {
    #expect(try text(.inline).contains("river on [-Friday.-]{+Sunday.+}"))
  }

  @Test(arguments: [40, 57, 80, 200])
  func linesKeepToTheWidth(columns: Int) throws {
    let lines = try text(.sideBySide, columns: columns).split(separator: "\n").dropFirst(6)
    #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= columns })
    #expect(lines.joined().contains("[-Friday.-]"))
    #expect(lines.joined().contains("{+Sunday.+}"))
  }

  @Test func withColoursThereAreNoSigns() throws {
    let text = try text(.sideBySide, isColoured: true)
    #expect(!text.contains("[-"))
    #expect(text.contains("\u{1B}[31mFriday.\u{1B}[0m"))
    #expect(text.contains("\u{1B}[32;4mSunday.\u{1B}[0m"))
  }
}
