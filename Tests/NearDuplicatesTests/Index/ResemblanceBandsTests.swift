// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ResemblanceBandsTests {
  /// Runs of three words of made-up tokens.
  private func runs(_ tokens: [UInt32]) -> WeightedShingles {
    WeightedShingles(tokens, weights: [UInt8](repeating: 20, count: tokens.count), length: 3)
  }

  private func tokens(_ count: Int, _ generator: inout SeededGenerator) -> [UInt32] {
    (0..<count).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
  }

  /// The share of the runs of either that both have.
  private func resemblance(_ one: WeightedShingles, _ other: WeightedShingles) -> Double {
    let shared = Set(one.keys).intersection(other.keys).count
    return Double(shared) / Double(one.count + other.count - shared)
  }

  @Test(arguments: [5, 30, 64, 200, 2_000])
  func theBandsOfATextAreDistinct(words: Int) {
    var generator = SeededGenerator(seed: UInt64(words))
    let keys = ResemblanceBands.keys(of: runs(tokens(words, &generator)))
    #expect(keys.count == ResemblanceBands.bandCount)
    #expect(Set(keys).count == keys.count)
    #expect(Set(ResemblanceBands.pairKeys(keys)).count == 32)
  }

  @Test func aTextWithoutRunsHasNone() {
    #expect(ResemblanceBands.keys(of: runs([])).isEmpty)
    #expect(ResemblanceBands.pairKeys([]).isEmpty)
  }

  /// Of pairs at .9 none is lost; texts of .5 share few bands, or lists would tell nothing.
  @Test func pairsAtTheLawShareBands() {
    var generator = SeededGenerator(seed: 11)
    var (near, shared, pairs) = (0, 0, 0)
    for _ in 0..<400 {
      let text = tokens(300, &generator)
      var other = text
      for _ in 0..<4 { other[Int(generator.next() % 300)] = 7 }
      let (one, two) = (runs(text), runs(other))
      guard resemblance(one, two) >= 0.9 else { continue }
      near += 1
      let (keys, others) = (ResemblanceBands.keys(of: one), ResemblanceBands.keys(of: two))
      let common = Set(keys).intersection(others).count
      shared += common > 0 ? 1 : 0
      pairs += common
    }
    #expect(near > 200)
    #expect(shared == near)
    // About half of sixteen.
    #expect((6...13).contains(pairs / near))
  }

  @Test func textsThatShareHalfShareFewBands() {
    var generator = SeededGenerator(seed: 12)
    var common = 0
    for _ in 0..<200 {
      let text = tokens(200, &generator)
      let other = Array(text[..<133]) + tokens(67, &generator)
      let (keys, others) = (
        ResemblanceBands.keys(of: runs(text)), ResemblanceBands.keys(of: runs(other))
      )
      common += Set(keys).intersection(others).count
    }
    #expect(common < 200)
  }
}
