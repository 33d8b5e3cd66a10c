// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ShingleSetTests {
  @Test(arguments: 1...6, UInt64(0)..<6)
  func agreesWithSetsOfSlices(length: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Few different tokens, so that shingles repeat and are shared.
    func tokens(_ count: Int) -> [UInt32] {
      (0..<count).map { _ in UInt32.random(in: 0..<6, using: &random) }
    }
    for count in [0, 1, 2, 3, 8, 9, 40, 500, 9000] {
      let (one, other) = (tokens(count), tokens(max(1, count / 2)))
      let (first, second) = (ShingleSet(one, length: length), ShingleSet(other, length: length))
      let (plainFirst, plainSecond) = (slices(one, length), slices(other, length))
      let overlap = ShingleSet.overlap(first, second)
      #expect(overlap.first == plainFirst.count)
      #expect(overlap.second == plainSecond.count)
      #expect(overlap.shared == plainFirst.intersection(plainSecond).count)
      #expect(zip(first.hashes, first.hashes.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  private func slices(_ tokens: [UInt32], _ length: Int) -> Set<ArraySlice<UInt32>> {
    guard !tokens.isEmpty else { return [] }
    guard tokens.count >= length else { return [tokens[...]] }
    return Set((0...tokens.count - length).map { tokens[$0..<$0 + length] })
  }

  @Test func measuresFollowFromTheSizes() {
    let overlap = ShingleOverlap(shared: 6, first: 8, second: 12)
    #expect(overlap.resemblance == 6.0 / 14)
    #expect(overlap.containment == 6.0 / 8)
    let none = ShingleOverlap(shared: 0, first: 0, second: 0)
    #expect(none.resemblance == 0 && none.containment == 0)
  }

  @Test func orderWithinAShingleCounts() {
    #expect(ShingleSet([1, 2, 3]) != ShingleSet([3, 2, 1]))
    #expect(ShingleSet([1, 2]) != ShingleSet([1, 2, 0]))
    #expect(ShingleSet([1]) != ShingleSet([1, 0]))
  }

  @Test func isTheSetTheSketchIsTakenFrom() {
    var random = SeededGenerator(seed: 3)
    let tokens = (0..<50).map { _ in UInt32.random(in: .min ... .max, using: &random) }
    var fingerprinter = Fingerprinter()
    #expect(fingerprinter.sketch(ofStored: tokens).hashes == ShingleSet(tokens).hashes)
  }
}
