// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ComparisonRowsTests {
  static func comparison(_ first: String, _ second: String) throws -> Comparison {
    func given(_ text: String) throws -> GivenText {
      try GivenText(
        GivenFile(name: "text", bytes: Array(text.utf8)), sampling: SketchSampling(),
        minimumWords: 1)
    }
    return try Comparison(given(first), given(second), threshold: 0.5)
  }

  private static let bridge = "The mayor opened the new bridge over the river on Friday morning."
  private static let quote = "\"It took eleven years longer than anybody had promised,\" she said."
  private static let ferry = "Ferries will run until the end of the month without charge."

  private func rows(_ first: [String], _ second: [String]) throws -> [ComparisonRow] {
    let comparison = try Self.comparison(
      first.joined(separator: "\n\n"), second.joined(separator: "\n\n"))
    return ComparisonRows.rows(of: comparison)
  }

  @Test func eachParagraphIsARow() throws {
    let rows = try rows([Self.bridge, Self.quote], [Self.bridge, Self.quote])
    #expect(rows.map(\.sign) == [" ", " "])
    #expect(rows.map { $0.first.map(\.text) } == [[Self.bridge + " "], [Self.quote]])
    #expect(rows.allSatisfy { $0.first == $0.second })
  }

  @Test func aMovedParagraphHasTheSameNumberOnBothSides() throws {
    let rows = try rows(
      [Self.bridge, Self.quote, Self.ferry], [Self.ferry, Self.bridge, Self.quote])
    #expect(rows.map(\.sign) == ["~", " ", " ", "~"])
    #expect(rows.first?.second.map(\.mark) == [.arriving(1)])
    #expect(rows.last?.first.map(\.mark) == [.leaving(1)])
    #expect(rows.last?.first.map(\.text) == [Self.ferry])
  }

  @Test func aChangedWordStaysInItsParagraph() throws {
    let rows = try rows(
      [Self.bridge, Self.ferry],
      [Self.bridge.replacing("Friday", with: "Sunday"), Self.ferry])
    #expect(rows.map(\.sign) == ["|", " "])
    #expect(rows[0].first.map(\.mark) == [.shared, .dropped, .shared])
    #expect(rows[0].first[1].text == "Friday ")
    #expect(rows[0].second[1] == MarkedPiece(mark: .added, text: "Sunday "))
  }

  @Test func whatOnlyOneHasIsInARowOfItsOwn() throws {
    #expect(
      try rows([Self.bridge, Self.ferry], [Self.bridge, Self.quote, Self.ferry]).map(\.sign)
        == [" ", ">", " "])
    #expect(
      try rows([Self.bridge, Self.quote, Self.ferry], [Self.bridge, Self.ferry]).map(\.sign)
        == [" ", "<", " "])
  }

  @Test func aMovedSentenceWithAChangedWordIsOnePassage() throws {
    let moved = Self.quote.replacing("years longer", with: "months longer")
    let rows = try rows(
      [Self.bridge, Self.ferry, Self.quote], [moved, Self.bridge, Self.ferry])
    #expect(rows.map(\.sign) == ["~", " ", " ", "~"])
    #expect(rows.first?.second.map(\.mark) == [.arriving(1), .added, .arriving(1)])
    #expect(rows.last?.first.map(\.mark) == [.leaving(1), .dropped, .leaving(1)])
    let shown = PieceLayout.lines(rows[0].second, columns: 200, isColoured: false)
    #expect(
      shown[0].hasPrefix(
        "<1: \"It took eleven {+months+} longer than anybody had promised,\" she said.>"))
  }

  /// The signs of a passage stand in the row that it begins and ends in.
  @Test(arguments: [
    (
      "It took eleven years longer than anybody had promised.",
      "Officials came late and left the ceremony early again.", "Officials", "Reporters",
      [
        "<1: It took eleven years longer than anybody had promised.>",
        "[-Officials-] <1: came late and left the ceremony early again.>",
      ]
    ),
    (
      "It took eleven years longer than anybody had promised officials.",
      "They came late and left the ceremony early again.", "officials", "reporters",
      [
        "<1: It took eleven years longer than anybody had promised> [-officials.-]",
        "<1: They came late and left the ceremony early again.>",
      ]
    ),
  ])
  func aMovedPassageIsWholeInEachParagraph(
    one: String, other: String, word: String, instead: String, shown: [String]
  ) throws {
    let changed = [one, other].map { $0.replacing(word, with: instead) }
    let rows = try rows(
      [Self.bridge, Self.ferry, one, other], changed + [Self.bridge, Self.ferry])
    let moved = rows.filter { $0.second.isEmpty }.map { row in
      PieceLayout.lines(row.first, columns: 200, isColoured: false).map { line in
        String(line.reversed().drop { $0 == " " }.reversed())
      }.joined()
    }
    #expect(moved == shown)
    let arrived = rows.filter { $0.first.isEmpty }.map { row in
      PieceLayout.lines(row.second, columns: 200, isColoured: false).joined()
    }
    #expect(arrived.allSatisfy { $0.contains("<1: ") && $0.contains(">") })
    #expect(arrived.count == 2)
  }

  /// Nothing of either text is lost on the way to the rows.
  @Test(arguments: 0..<20)
  func therowsHoldBothTexts(seed: Int) throws {
    let news = SyndicatedNews(seed: 11).documents(stories: 5, singles: 2, tables: 1, order: 1)
    let (first, second) = (news[seed % news.count].text, news[(seed * 7 + 3) % news.count].text)
    let rows = ComparisonRows.rows(of: try Self.comparison(first, second))
    #expect(rows.flatMap(\.first).map(\.text).joined() == FlowingText.line(first.utf8))
    #expect(rows.flatMap(\.second).map(\.text).joined() == FlowingText.line(second.utf8))
  }
}
