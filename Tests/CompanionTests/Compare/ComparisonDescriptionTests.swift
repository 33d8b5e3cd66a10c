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
    #expect(lines.count == 7)
    #expect(lines[0] == "1 word differs")
    #expect(lines[1].hasPrefix("A            text: 57 B, 11 words, 9 shingles"))
    #expect(lines[4] == "resemblance  0.800, 8 of 10 shingles")
    #expect(lines[6] == "words        10 shared, 0 moved, 1 changed, 0 only in A, 0 only in B")
  }

  @Test func inlineHasBothWords() throws {
    #expect(try text(.inline).contains("river on [-Friday.-]{+Sunday.+}"))
  }

  @Test(arguments: [40, 57, 80, 200])
  func linesKeepToTheWidth(columns: Int) throws {
    let lines = try text(.sideBySide, columns: columns).split(separator: "\n").dropFirst(7)
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

  private func compared(_ first: String, _ second: String) throws -> [Substring] {
    ComparisonDescription(
      comparison: try ComparisonRowsTests.comparison(first, second), columns: 200,
      isColoured: false
    ).text(.inline).split(separator: "\n")
  }

  @Test func aNumberIsMarkedAsAWhole() throws {
    let lines = try compared(
      "On Tuesday it cost 1,250.50 crowns, said mayor Anna Lund, and 14 workers did it by 12:30.",
      "On Monday it cost 1,350.50 crowns, said mayor Anna Lund, and 15 workers did it by 12:30.")
    #expect(lines.first == "3 words differ, 2 of them numbers")
    #expect(lines.last?.contains("[-1,250.50-] {+1,350.50+} crowns") == true)
    #expect(lines.last?.contains("by 12:30.") == true)
  }

  @Test(arguments: [
    ("it cost 50 crowns in all", "it cost 1,050 crowns in all", "1 number differs"),
    ("it cost 1,050 crowns in all", "it cost 1,051 crowns in all", "1 number differs"),
    ("it cost 10 crowns in all", "it cost crowns all in", "3 words differ, 1 of them a number"),
  ])
  func aCorrectionIsToldFirst(first: String, second: String, expected: String) throws {
    let frame = "The council of the town met on the first day of the week and heard that "
    let behind = " while nobody had asked for any of it to be done at all in that year."
    let lines = try compared(frame + first + behind, frame + second + behind)
    #expect(lines.first.map(String.init) == expected)
  }

  @Test func whatIsNoCorrectionIsNotToldOf() throws {
    #expect(try compared(Self.first, Self.first)[0].hasPrefix("A "))
    let other = "A tram stopped in the old town at night and nobody knew why it did so."
    #expect(try compared(Self.first, other)[0].hasPrefix("A "))
  }
}
