// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ClusterCountsTests {
  private func words(_ count: Int, seed: UInt64) -> [UInt32] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt32.random(in: .min ... .max, using: &random) }
  }

  private func runs(_ words: [UInt32]) -> WeightedShingles {
    WeightedShingles(words, weights: words.map { _ in 1 }, length: 3)
  }

  @Test func whatWasNeverAddedCountsNothing() {
    let counts = ClusterCounts()
    #expect(runs(words(100, seed: 1)).keys.allSatisfy { counts.count($0) == 0 })
    #expect(counts.byteCount == 0)
  }

  @Test func eachClusterCountsOnceUpToTheLimit() {
    var counts = ClusterCounts()
    let page = runs(words(50, seed: 1))
    for added in 1...40 {
      counts.add(page, unlessIn: [])
      #expect(page.keys.allSatisfy { counts.count($0) == min(added, ClusterCounts.saturation) })
    }
    counts.checkInvariants()
  }

  /// A copy's memory need not lie as the original's does.
  @Test func aCopyCountsOnByItself() {
    var counts = ClusterCounts()
    let page = runs(words(50, seed: 1))
    counts.add(page, unlessIn: [])
    var copies = Array(repeating: counts, count: 8)
    for index in copies.indices {
      for _ in 0..<index { copies[index].add(page, unlessIn: []) }
    }
    for (index, copy) in copies.enumerated() {
      #expect(page.keys.allSatisfy { copy.count($0) == 1 + index })
    }
    #expect(page.keys.allSatisfy { counts.count($0) == 1 })
  }

  @Test func whatTheMatesHaveIsNotCountedAgain() {
    var counts = ClusterCounts()
    let (old, new) = (words(60, seed: 1), words(60, seed: 2))
    let (mate, added) = (runs(old), runs(new))
    counts.add(mate, unlessIn: [])
    counts.add(runs(old + new), unlessIn: [mate])
    #expect(mate.keys.allSatisfy { counts.count($0) == 1 })
    #expect(added.keys.allSatisfy { counts.count($0) == 1 })
  }

  /// Against what is true: never too small, and seldom too large, while the table grows
  /// to its largest.
  @Test func countsAreNeverTooSmallAndSeldomTooLarge() {
    var counts = ClusterCounts()
    let common = words(300, seed: 7)
    var (wrong, asked) = (0, 0)
    for cluster in 0..<3_000 as Range<UInt64> {
      let text = words(800, seed: 1_000 + cluster)
      let own = runs(text)
      counts.add(runs(common.prefix(Int(cluster % 300)) + text), unlessIn: [])
      counts.didBeginCluster()
      guard cluster % 100 == 99 else { continue }
      let others = runs(words(800, seed: 1_000_000 + cluster))
      #expect(own.keys.allSatisfy { counts.count($0) >= 1 })
      wrong += own.keys.count { counts.count($0) > 1 } + others.keys.count { counts.count($0) > 0 }
      asked += own.keys.count + others.keys.count
    }
    counts.checkInvariants()
    #expect(counts.byteCount == 16 << 20)
    #expect(runs(common.dropLast()).keys.allSatisfy { counts.count($0) >= 9 })
    #expect(Double(wrong) < 0.02 * Double(asked), "\(wrong) of \(asked)")
  }

  @Test func aGenerationIsForgottenAfterTheNext() {
    var counts = ClusterCounts()
    let page = runs(words(50, seed: 1))
    func counted() -> Set<Int> { Set(page.keys.map { counts.count($0) }) }
    for _ in 0..<3 { counts.add(page, unlessIn: []) }
    for _ in 0..<ClusterCounts.generation { counts.didBeginCluster() }
    #expect(counted() == [3])
    counts.add(page, unlessIn: [])
    #expect(counted() == [4])
    for _ in 0..<ClusterCounts.generation { counts.didBeginCluster() }
    #expect(counted() == [1])
    for _ in 0..<ClusterCounts.generation { counts.didBeginCluster() }
    #expect(counted() == [0])
  }
}
