// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Documents
import StateStore
import TestSupport
import Testing

@testable import Daemon
@testable import NearDuplicates

/// The window of stories measured by what documents say of their publication.
@Suite(.timeLimit(.minutes(10)))
struct StorySettingsTests {
  private static let week = DocumentRegisterStoriesTests.week

  /// Runs parts one after the other with a restart between them.
  private func run(
    _ outcomes: [FileOutcome], cuts: [Int] = [], batch: Int = 8, documents: Int? = nil,
    clock: StoryClock = .published
  ) throws -> [ClusterLogLine] {
    var scene = try RegisterScene(storyWindow: Self.week, step: 1_000)
    scene.storyClock = clock
    scene.limits.documents = documents
    var lines: [ClusterLogLine] = []
    for (start, end) in zip([0] + cuts, cuts + [outcomes.count]) {
      let store = try scene.openStore()
      lines += try scene.run(Array(outcomes[start..<end]), on: store, batch: batch, from: start)
      for _ in 0..<3 { try store.purge() }
      try store.close()
    }
    return lines
  }

  private func outcomes(_ seed: UInt64, _ count: Int = 140) throws -> [FileOutcome] {
    DocumentRegisterStoriesTests.outcomes(
      seed: seed, count: count, published: 0..<20, in: try RegisterScene())
  }

  /// The law: neither batches nor restarts change a record, also where documents expire meanwhile.
  @Test(arguments: 0..<2 as Range<UInt64>)
  func batchesAndRestartsChangeNothing(seed: UInt64) throws {
    let outcomes = try outcomes(seed)
    for documents in [nil, 30] as [Int?] {
      let expected = try run(outcomes, documents: documents)
      #expect(ClusterLogLines(expected).dividedClusters == [])
      for (cuts, batch) in [([], 1), ([1], 8), ([45, 70], 9), ([110], 140)] as [([Int], Int)] {
        let lines = try run(outcomes, cuts: cuts, batch: batch, documents: documents)
        #expect(lines == expected, "cut at \(cuts), batches of \(batch), \(documents ?? 0)")
      }
    }
  }

  /// All within the window of arrivals, and published over three weeks.
  @Test func theClockMakesADifference() throws {
    let outcomes = try outcomes(1)
    let (published, arrived) = (try run(outcomes), try run(outcomes, clock: .arrival))
    #expect(published != arrived)
    let clusters = [published, arrived].map { ClusterLogLines($0).clusterOfPath }
    #expect(clusters[0] == clusters[1])
  }

  @Test(
    arguments: [
      (nil, "2023-11-14"), ("2023-11-14", nil), ("2023-11-10", "2023-11-15T12:00:00Z"),
      // What cannot be is as if it were not said: both arrive together.
      ("2023-11-16T12:00:00Z", "2030-01-01"), ("9999-12-31", "1000-01-01"),
      ("1970-01-01T00:00:00Z", "2023-11-13"), ("1599-01-01", nil),
    ] as [(String?, String?)])
  func whatIsNotSaidOrCannotBeIsTheArrival(_ first: String?, _ second: String?) throws {
    let news = EventNews(seed: 3)
    let scene = try RegisterScene()
    let lines = try run([
      scene.document("a", news.report(0, 0), published: first),
      scene.document("b", news.report(0, 1), published: second),
    ])
    #expect(lines.map { $0["story"]?.string } == ["s1", "s1"])
  }

  @Test(
    arguments: [("2023-11-14", "2022-11-14"), (nil, "2023-11-05"), ("1815-06-22", nil)]
      as [(String?, String?)])
  func whatIsFarApartIsTwoStories(_ first: String?, _ second: String?) throws {
    let news = EventNews(seed: 3)
    let scene = try RegisterScene()
    let outcomes = [
      scene.document("a", news.report(0, 0), published: first),
      scene.document("b", news.report(0, 1), published: second),
    ]
    for order in [outcomes, outcomes.reversed()] {
      #expect(try run(order).map { $0["story"]?.string } == ["s1", "s2"])
      #expect(try run(order, cuts: [1]).map { $0["story"]?.string } == ["s1", "s2"])
      #expect(try run(order, clock: .arrival).map { $0["story"]?.string } == ["s1", "s1"])
    }
  }

  /// A state that was made by one clock is gone on with by the other.
  @Test func theClockMayChange() throws {
    let outcomes = try outcomes(4)
    var scene = try RegisterScene(storyWindow: Self.week)
    var lines: [ClusterLogLine] = []
    for (place, clock) in [StoryClock.arrival, .published, .arrival].enumerated() {
      scene.storyClock = clock
      let store = try scene.openStore()
      let part = Array(outcomes[place * 45..<(place + 1) * 45])
      lines += try scene.run(part, on: store, from: place * 45)
      try store.close()
    }
    let log = ClusterLogLines(lines)
    #expect(log.dividedClusters == [])
    #expect(log.all.map(\.sequence) == Array(1...log.all.count))
    #expect(try log.schemaViolations() == [])
  }
}
