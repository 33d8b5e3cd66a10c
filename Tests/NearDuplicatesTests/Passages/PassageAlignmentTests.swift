// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct PassageAlignmentTests {
  typealias Passage = PassageAlignment.Passage

  /// Words of a text as tokens: the same word, the same number.
  private func tokens(_ text: String) -> [UInt32] {
    text.split(separator: " ").map { word in
      word.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
  }

  private func kinds(_ first: String, _ second: String) -> [Passage.Kind] {
    PassageAlignment(tokens(first), tokens(second)).passages.map(\.kind)
  }

  private static let lead = "the mayor opened the new bridge over the river on friday morning"
  private static let quote = "it took eleven years longer than anybody had promised she said"
  private static let end = "ferries will run until the end of the month without charge"

  @Test func identicalTextsAreSharedAsAWhole() {
    let text = tokens(Self.lead + " " + Self.quote)
    let alignment = PassageAlignment(text, text)
    let all = text.indices
    #expect(alignment.passages == [Passage(kind: .shared, first: all, second: all)])
  }

  @Test func emptyTextsHaveNothing() {
    #expect(PassageAlignment([], []).passages.isEmpty)
    #expect(kinds("", Self.lead) == [.added])
    #expect(kinds(Self.lead, "") == [.dropped])
  }

  @Test func textsWithNothingInCommonAreChanged() {
    #expect(kinds("one two three", "four five six seven") == [.changed])
  }

  @Test func oneWordIsChanged() {
    let other = Self.lead.replacing("friday", with: "sunday")
    #expect(kinds(Self.lead, other) == [.shared, .changed, .shared])
  }

  @Test func aSentenceIsAddedOrDropped() {
    let long = [Self.lead, Self.quote, Self.end].joined(separator: " ")
    let short = [Self.lead, Self.end].joined(separator: " ")
    #expect(kinds(short, long) == [.shared, .added, .shared])
    #expect(kinds(long, short) == [.shared, .dropped, .shared])
  }

  @Test func shuffledSentencesHaveMoved() throws {
    let first = [Self.lead, Self.quote, Self.end].joined(separator: " ")
    let second = [Self.end, Self.lead, Self.quote].joined(separator: " ")
    let alignment = PassageAlignment(tokens(first), tokens(second))
    #expect(alignment.passages.map(\.kind) == [.arriving, .shared, .leaving])
    let (arriving, leaving) = (alignment.passages[0], try #require(alignment.passages.last))
    #expect(arriving.first == leaving.first)
    #expect(arriving.second == leaving.second)
    #expect(arriving.second == 0..<tokens(Self.end).count)
  }

  /// Wherever in the sentence the word is, and whether it is another one, gone or new.
  @Test(arguments: [("eleven", "twelve"), ("longer ", ""), ("than", "than once"), ("took", "cost")])
  func aSentenceThatMovedWithAnotherWordIsOne(word: String, other: String) throws {
    let moved = Self.quote.replacing(word, with: other)
    let first = [Self.lead, Self.end, Self.quote].joined(separator: " ")
    let second = [moved, Self.lead, Self.end].joined(separator: " ")
    let alignment = PassageAlignment(tokens(first), tokens(second))
    let arriving = try #require(alignment.passages.first { $0.kind == .arriving })
    #expect(alignment.passages.filter { $0.kind == .leaving }.count == 1)
    if word == "took" {
      // One word before it at the beginning of the sentence says nothing.
      #expect(arriving.changes.isEmpty)
    } else {
      #expect(arriving.second == tokens(moved).indices)
      #expect(arriving.first.count == tokens(Self.quote).count)
      #expect(arriving.changes.count == 1)
    }
  }

  @Test func aWordInCommonByChanceIsNoIsland() {
    let first = "red orange yellow green the blue indigo violet pink"
    let second = "mon tue wed thu the fri sat sun never"
    #expect(kinds(first, second) == [.changed])
  }

  // MARK: Laws

  private static let seeds = Array(UInt64(0)..<60)

  /// Two texts of a common origin: paragraphs lost, moved, put in, words exchanged. Some have few
  /// different words, so that everything repeats.
  private func pair(_ seed: UInt64) -> ([UInt32], [UInt32]) {
    var random = SeededGenerator(seed: seed)
    let vocabulary = UInt32([2, 3, 20, 500, 100_000][Int(seed % 5)])
    func word() -> UInt32 { UInt32.random(in: 0..<vocabulary, using: &random) }
    let paragraphs = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      (0..<Int.random(in: 1...40, using: &random)).map { _ in word() }
    }
    func version() -> [UInt32] {
      var kept = paragraphs.filter { _ in Int.random(in: 0..<8, using: &random) > 0 }
      if Bool.random(using: &random) { kept.shuffle(using: &random) }
      if Bool.random(using: &random) { kept.append((0..<9).map { _ in word() }) }
      return kept.joined().map { Int.random(in: 0..<15, using: &random) > 0 ? $0 : word() }
    }
    return (version(), version())
  }

  @Test(arguments: seeds)
  func eachWordIsInOnePassage(seed: UInt64) {
    let (first, second) = pair(seed)
    let passages = PassageAlignment(first, second).passages
    #expect(passages.filter(\.isInFirst).flatMap { Array($0.first) } == Array(first.indices))
    #expect(passages.filter(\.isInSecond).flatMap { Array($0.second) } == Array(second.indices))
  }

  @Test(arguments: seeds)
  func whatIsSharedOrMovedIsTheSame(seed: UInt64) {
    let (first, second) = pair(seed)
    let passages = PassageAlignment(first, second).passages
    for passage in passages {
      switch passage.kind {
      case .shared, .leaving, .arriving:
        let unchanged = (
          first: passage.first.filter { word in
            !passage.changes.contains { $0.first.contains(word) }
          },
          second: passage.second.filter { word in
            !passage.changes.contains { $0.second.contains(word) }
          }
        )
        #expect(unchanged.first.map { first[$0] } == unchanged.second.map { second[$0] })
        #expect(passage.sameInFirst.flatMap { Array($0) } == unchanged.first)
        #expect(passage.kind != .shared || passage.changes.isEmpty)
      case .changed: #expect(!passage.first.isEmpty && !passage.second.isEmpty)
      case .dropped: #expect(passage.second.isEmpty)
      case .added: #expect(passage.first.isEmpty)
      }
    }
    func moved(_ kind: Passage.Kind) -> Set<[Range<Int>]> {
      Set(passages.filter { $0.kind == kind }.map { [$0.first, $0.second] })
    }
    #expect(moved(.leaving) == moved(.arriving), "what leaves arrives")
  }

  @Test(arguments: seeds)
  func whichTextIsTheFirstChangesNothing(seed: UInt64) {
    let (first, second) = pair(seed)
    /// What is said of each word, and where its counterpart is.
    func view(_ passages: [Passage], _ isHere: (Passage) -> Bool, isSwapped: Bool) -> [[Int]] {
      passages.filter(isHere).flatMap { passage in
        let (here, there) =
          isSwapped ? (passage.second, passage.first) : (passage.first, passage.second)
        return here.map { [$0, there.isEmpty ? -1 : there.lowerBound, there.count] }
      }
    }
    let one = PassageAlignment(first, second).passages
    let other = PassageAlignment(second, first).passages
    #expect(
      view(one, \.isInFirst, isSwapped: false) == view(other, \.isInSecond, isSwapped: true))
    #expect(
      view(one, \.isInSecond, isSwapped: true) == view(other, \.isInFirst, isSwapped: false))
  }

  // MARK: Bounds

  /// Texts made to be slow: without the bounds, these would take longer than the suite may.
  @Test(arguments: ["one word", "two words", "period", "reversed", "common seeds"])
  func hostileTextsComeToAnEnd(_ kind: String) {
    let count = 15_000
    let first: [UInt32]
    let second: [UInt32]
    switch kind {
    case "one word":
      first = Array(repeating: 1, count: count)
      second = Array(repeating: 1, count: count - 7) + [2]
    case "two words":
      first = (0..<UInt32(count)).map { $0 % 2 }
      second = [7] + first.reversed() + [9]
    case "period":
      first = (0..<UInt32(count)).map { $0 % 7_919 }
      second = (0..<UInt32(count)).map { ($0 * 3) % 7_919 } + first
    case "reversed":
      first = (0..<UInt32(count)).map { $0 / 3 }
      second = first.reversed()
    default:
      first = (0..<UInt32(count)).map { $0 % 50 < 3 ? $0 / 200 : 5 }
      second = Array(first[(count / 2)...] + first[..<(count / 2)])
    }
    let passages = PassageAlignment(first, second).passages
    #expect(passages.filter(\.isInFirst).reduce(0) { $0 + $1.first.count } == first.count)
  }
}
