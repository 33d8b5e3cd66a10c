// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import StateStore
import TestSupport
import Testing

@testable import Companion
@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct AlternativesTests {
  private static let article = Array(0..<200 as Range<UInt32>)
  private static let box = Array(5_000..<5_060 as Range<UInt32>)
  private static let texts: [UInt32: [UInt32]] = [
    1: article, 2: article + box, 3: Array(9_000..<9_080 as Range<UInt32>) + box,
  ]
  private static let records = [
    Records.assigned(1), Records.assigned(2, cluster: 1, like: 1), Records.assigned(3),
  ]

  private static func keys(_ tokens: [UInt32]) -> [UInt64] {
    var fingerprinter = Fingerprinter()
    return fingerprinter.sketch(ofStored: tokens).hashes.map { ShardedTable.key($0) }
  }

  /// What the daemon keeps: units of stories where there are some, then what it is listed under.
  ///
  /// The first of a cluster takes its shingles, a later one those that are left.
  private static func sketches(hasStories: Bool) -> [UInt32: [UInt8]] {
    var sketches: [UInt32: [UInt8]] = [:]
    var listed: Set<UInt64> = []
    for number: UInt32 in 1...3 {
      let posted = keys(texts[number] ?? []).filter { number == 3 || listed.insert($0).inserted }
      let trace = DocumentTrace(
        document: number,
        kind: .text(.init(sampleWeight: 5, sequenceKey: 6, mates: [], lawful: [], posted: posted)))
      let unit = StoryTrace(
        cluster: number, source: number, story: number,
        terms: (0..<7).map { StoryTrace.Term(term: $0 * 99, weight: UInt8(9 - $0)) })
      let units = hasStories && number != 2 ? [unit] : []
      sketches[number] = StoryTrace.encode(units) + trace.encode()
    }
    return sketches
  }

  private func alternatives(to number: UInt32, hasStories: Bool) throws -> Alternatives {
    let scene = try ResultScene(
      Self.records, texts: Self.texts, sketches: Self.sketches(hasStories: hasStories))
    let collection = Records.collection(Self.records)
    let document = try #require(collection[number])
    let found = try scene.store.makeReader().snapshot {
      try Alternatives(of: document, collection, $0, threshold: 0.5)
    }
    return try #require(found)
  }

  @Test(
    "a shingle that a later member brought into a cluster leads to it, and to that member",
    arguments: [true, false])
  func laterMember(hasStories: Bool) throws {
    let found = try alternatives(to: 3, hasStories: hasStories)
    #expect(found.clusters.map(\.cluster) == [1])
    #expect(found.clusters.first?.nearest.number == 2)
    let shared = Set(Self.keys(Self.texts[3] ?? [])).intersection(Self.keys(Self.texts[2] ?? []))
    #expect(shared.count > 10)
    #expect(found.clusters.first?.sharedSamples == shared.count)
    #expect(found.samples == Self.keys(Self.texts[3] ?? []).count)
  }

  @Test("from the side of the cluster, the other one is found", arguments: [true, false])
  func otherSide(hasStories: Bool) throws {
    #expect(try alternatives(to: 2, hasStories: hasStories).clusters.map(\.cluster) == [3])
  }
}
