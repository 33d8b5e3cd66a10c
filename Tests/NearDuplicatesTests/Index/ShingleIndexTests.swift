// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ShingleIndexTests {
  /// Each document is a cluster of its own unless it is even: these are one cluster.
  private static func isKin(_ one: UInt32, _ other: UInt32) -> Bool {
    one == other || one % 2 == 0 && other % 2 == 0
  }

  @Test func listsOneDocumentOfEachClusterInOrder() {
    var index = ShingleIndex()
    for document in 1...9 as ClosedRange<UInt32> {
      let isListed = index.post(document, for: 42) { Self.isKin($0, document) }
      #expect(isListed == (document % 2 == 1 || document == 2))
    }
    #expect(index.documents(of: 42) == [1, 2, 3, 5, 7, 9])
    #expect(index.documents(of: 43).isEmpty)
    index.checkInvariants()
  }

  /// What is brought back lists what was listed, in the same order, however much came at once.
  @Test(arguments: [200, 60_000])
  func whatIsBroughtBackIsListedAsItWas(hashes: Int) {
    var random = SeededGenerator(seed: 4)
    let hashes = (0..<hashes).map { _ in random.next() }
    var (index, again) = (ShingleIndex(), ShingleIndex())
    for document in 1...20_000 as ClosedRange<UInt32> {
      let keys = Set((0..<8).compactMap { _ in hashes.randomElement(using: &random) }).filter {
        index.post(document, for: $0, unless: { Self.isKin($0, document) })
      }
      again.repost(document, for: keys.map { ShardedTable.key($0) }, growth: 2)
    }
    again.finishReposting()
    again.checkInvariants()
    #expect(again.count == index.count)
    #expect(hashes.allSatisfy { again.documents(of: $0) == index.documents(of: $0) })
  }

  @Test func aFullListTakesNoMore() {
    var index = ShingleIndex()
    for document in 1...40 as ClosedRange<UInt32> {
      #expect(index.post(document, for: 42) { _ in false } == (document <= 32))
    }
    #expect(index.documents(of: 42) == Array(1...32))
  }

  /// Against a dictionary, with lists of all lengths and hashes that are not there.
  @Test func manyHashesAtOnceHaveTheListsThatEachHas() {
    var random = SeededGenerator(seed: 3)
    var index = ShingleIndex()
    var truth: [UInt64: [UInt32]] = [:]
    let hashes = (0..<2_000).map { _ in random.next() }
    for document in 1...3_000 as ClosedRange<UInt32> {
      for _ in 0..<10 {
        // The first ones are met most.
        let hash = hashes[Int(random.next() % (random.next() % 2_000 + 1))]
        if index.post(document, for: hash, unless: { $0 == document }) {
          truth[hash, default: []].append(document)
        }
      }
    }
    let asked = (hashes + (0..<500).map { _ in random.next() }).sorted()
    var found: [UInt64: [UInt32]] = [:]
    var places: [Int] = []
    index.forEachListed(asked) { place, count, documents in
      places.append(place)
      found[asked[place]] = Array(UnsafeBufferPointer(start: documents, count: count))
    }
    #expect(found == truth)
    #expect(places == places.sorted())
    #expect(Set(truth.values.map(\.count)).isSuperset(of: [1, 2, 3, 4, 7, 8, 15, 16, 32]))
    index.checkInvariants()
  }
}
