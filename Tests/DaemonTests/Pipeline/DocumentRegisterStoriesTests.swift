// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import StateStore
import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct DocumentRegisterStoriesTests {
  static let week: Int64 = 7 * 86_400 * 1_000_000

  /// Reports of several events and copies of them, from a few sites: few names, so that they meet.
  static func outcomes(
    seed: UInt64, count: Int, events: Int = 8, published: Range<Int>? = nil,
    in scene: RegisterScene
  ) -> [FileOutcome] {
    let news = EventNews(seed: seed)
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { step in
      let path = "f\(Int.random(in: 0..<(count / 2), using: &random))"
      let event = Int.random(in: 0..<events, using: &random)
      let number = Int.random(in: 0..<12, using: &random)
      let text =
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<5: news.report(event, number)
        case 5..<8:
          news.copy(of: event, number, lost: Int.random(in: 3...6, using: &random))
        case 8: news.report(event, number) + news.report(event, number + 1)
        default: scene.article(number)
        }
      let day = published.map { "2023-10-\(10 + Int.random(in: $0, using: &random))" }
      return scene.document(path, text, stamp: Int64(step), published: day)
    }
  }

  private static func run(
    seed: UInt64, count: Int = 140, window: Int64? = week, step: Int64 = 0, batch: Int = 8
  ) throws -> [ClusterLogLine] {
    let scene = try RegisterScene(storyWindow: window, step: step)
    return try scene.run(
      outcomes(seed: seed, count: count, in: scene), on: try scene.openStore(), batch: batch)
  }

  @Test func eachDocumentHasAStoryAndACopyThatOfItsCluster() throws {
    let scene = try RegisterScene(storyWindow: Self.week)
    let news = EventNews(seed: 3)
    let lines = try scene.run(
      [
        scene.document("a", news.report(0, 0)), scene.document("b", news.copy(of: 0, 0)),
        scene.document("c", news.report(0, 1)), scene.document("d", news.report(0, 1)),
        scene.document("e", news.report(2, 0)),
      ], on: try scene.openStore())
    #expect(lines.map { $0["cluster"]?.string } == ["c1", "c1", "c3", "c3", "c5"])
    #expect(lines.map { $0["story"]?.string } == ["s1", "s1", "s1", "s1", "s5"])
    // Only what led a cluster's first document to a story is told.
    #expect(lines.map { $0["story_match"] != nil } == [false, false, true, false, false])
    let match = try #require(lines[2]["story_match"])
    #expect(match["document"]?.integer == 1)
    #expect(match["path"]?.string == "a")
    #expect(match["terms"]?.array?.count == 5)
    #expect(try #require(match["similarity"]?.number) > 0.2)
  }

  @Test func withoutStoriesNoRecordTellsOfAny() throws {
    let lines = try Self.run(seed: 1, window: nil)
    #expect(lines.allSatisfy { $0["story"] == nil && $0["story_match"] == nil })
    #expect(lines.allSatisfy { !$0.event.hasPrefix("story") })
  }

  /// The level above changes nothing below.
  @Test(arguments: 0..<3 as Range<UInt64>)
  func clustersAreTheSameWithAndWithoutStories(seed: UInt64) throws {
    let with = ClusterLogLines(try Self.run(seed: seed))
    let without = ClusterLogLines(try Self.run(seed: seed, window: nil))
    #expect(with.clusterOfPath == without.clusterOfPath)
    let matches = [with, without].map { $0.assigned.map { $0["match"] } }
    #expect(matches[0] == matches[1])
  }

  /// What the batch says must be what the state will say once the batch is in it.
  @Test(arguments: 0..<3 as Range<UInt64>)
  func theSizeOfABatchChangesNothing(seed: UInt64) throws {
    let whole = try Self.run(seed: seed, batch: 1)
    for batch in [9, 140] { #expect(try Self.run(seed: seed, batch: batch) == whole) }
  }

  /// At each moment, and all kinds of records of stories occur.
  @Test func clustersStayWhollyInOneStory() throws {
    var events: Set<String> = []
    for seed in 0..<4 as Range<UInt64> {
      let lines = try Self.run(seed: seed)
      events.formUnion(lines.map(\.event))
      let log = ClusterLogLines(lines)
      #expect(try log.schemaViolations() == [])
      for (place, line) in lines.enumerated().dropFirst() where line.isAssigned {
        #expect(ClusterLogLines(Array(lines[..<place])).dividedClusters == [], "line \(place)")
      }
      #expect(log.dividedClusters == [])
    }
    #expect(events.isSuperset(of: ["assigned", "story-merged", "story-moved"]))
  }

  @Test func theWindowClosesStories() throws {
    let news = EventNews(seed: 2)
    func stories(step: Int64) throws -> [String?] {
      let scene = try RegisterScene(storyWindow: Self.week, step: step)
      let texts = [news.report(0, 0), news.report(0, 1), news.copy(of: 0, 0)]
      let outcomes = texts.enumerated().map { scene.document("\($0.offset)", $0.element) }
      return try scene.run(outcomes, on: try scene.openStore()).map { $0["story"]?.string }
    }
    #expect(try stories(step: Self.week) == ["s1", "s1", "s1"])
    // Its copies still carry the story's number.
    #expect(try stories(step: Self.week + 1) == ["s1", "s2", "s1"])
  }

  @Test func storiesAreCounted() throws {
    var (merges, moves) = (0, 0)
    for seed in UInt64(0)..<4 {
      let scene = try RegisterScene(storyWindow: Self.week)
      var register = try scene.makeRegister(try scene.openStore())
      for outcome in Self.outcomes(seed: seed, count: 140, in: scene) {
        try register.register(outcome, time: 0)
      }
      let lines = register.batch.lines.split(separator: UInt8(ascii: "\n"))
      let log = ClusterLogLines(try lines.map { try ClusterLogLine(parsing: $0) })
      let counts = register.counts
      #expect(counts.stories == Set(log.storyOfDocument.values).count)
      #expect(counts.storyMerges == log.all.count { $0.event == "story-merged" })
      #expect(counts.storyMoves == log.all.count { $0.event == "story-moved" })
      merges += counts.storyMerges
      moves += counts.storyMoves
      let bytes = register.indexByteCount
      #expect(bytes > 6 << 20)
    }
    #expect(merges > 0 && moves > 0)
  }
}
