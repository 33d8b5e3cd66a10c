// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct SketchBuilderTests {
  private static func tokens(_ count: Int, seed: UInt64, vocabulary: UInt32 = .max) -> [UInt32] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt32.random(in: 0...vocabulary, using: &random) }
  }

  private static func sketch(_ tokens: [UInt32], _ sampling: SketchSampling = .init()) -> Sketch {
    var builder = SketchBuilder(sampling: sampling)
    return tokens.withUnsafeBufferPointer { builder.sketch($0) }
  }

  /// What the sketch is by definition: all distinct hashes below the threshold, between floor and
  /// cap of them.
  private static func reference(_ tokens: [UInt32], _ sampling: SketchSampling) -> Sketch {
    let all = ShingleSet(tokens).hashes
    let below = all.prefix { $0 < sampling.threshold }.count
    let kept = min(all.count, max(sampling.floor, min(below, sampling.cap)))
    var threshold = sampling.threshold
    if below < sampling.floor || below > sampling.cap {
      threshold = kept < all.count ? all[kept] : .max
    }
    return Sketch(hashes: Array(all.prefix(kept)), threshold: threshold)
  }

  @Test(
    arguments: [0, 1, 2, 3, 4, 63, 66, 67, 100, 200, 500, 600, 2000, 15_000],
    [
      SketchSampling(), SketchSampling(oneIn: 1), SketchSampling(oneIn: 16, floor: 0, cap: 100),
      SketchSampling(oneIn: 3, floor: 100, cap: 100),
      SketchSampling(oneIn: 1000, floor: 10, cap: 20),
    ])
  func agreesWithItsDefinition(count: Int, sampling: SketchSampling) {
    for vocabulary in [UInt32.max, 20, 3, 0] {
      let tokens = Self.tokens(count, seed: UInt64(count), vocabulary: vocabulary)
      let sketch = Self.sketch(tokens, sampling)
      sketch.checkInvariants()
      #expect(sketch == Self.reference(tokens, sampling), "\(vocabulary)")
    }
  }

  @Test func aBuilderMayBeUsedAgain() {
    var builder = SketchBuilder(sampling: .init())
    for count in [20_000, 10, 0, 500, 3] {
      let tokens = Self.tokens(count, seed: 5)
      #expect(tokens.withUnsafeBufferPointer { builder.sketch($0) } == Self.sketch(tokens))
    }
  }

  @Test func shortDocumentsKeepEverything() {
    let sketch = Self.sketch(Self.tokens(60, seed: 1))
    #expect(sketch.hashes.count == 58)
    #expect(sketch.threshold == .max)
  }

  @Test func theOrderOfPartsHardlyMatters() {
    let (front, back) = (Self.tokens(3000, seed: 1), Self.tokens(3000, seed: 2))
    let (one, other) = (Self.sketch(front + back), Self.sketch(back + front))
    // Only the shingles across the two seams differ.
    #expect(Sketch.overlap(one, other).containment > 0.98)
    #expect(Self.sketch(front + front + [front[0], front[1]]).threshold == one.threshold)
  }

  @Test func aPartIsContainedInTheWhole() {
    let whole = Self.tokens(50_000, seed: 3)
    for count in [30, 300, 3000, 30_000] {
      let part = Self.sketch(Array(whole[1000..<1000 + count]))
      let overlap = Sketch.overlap(Self.sketch(whole), part)
      #expect(overlap.shared == overlap.second)
    }
  }

  /// Over many pairs the mean estimate is near the true value, at equal and unequal lengths.
  @Test(arguments: [(400, 400, 0.5), (1000, 1000, 0.2), (3000, 500, 0.6), (20_000, 2000, 0.3)])
  func estimatesAreUnbiased(first: Int, second: Int, share: Double) {
    let pairs = 40
    var errors = (containment: 0.0, resemblance: 0.0, size: 0.0)
    for pair in 0..<pairs {
      let seed = UInt64(pair) * 3
      let one = Self.tokens(first, seed: seed)
      let shared = Int(Double(second) * share)
      let other = one.prefix(shared) + Self.tokens(second - shared, seed: seed + 1)
      let exact = ShingleSet.overlap(ShingleSet(one), ShingleSet(Array(other)))
      let (left, right) = (Self.sketch(one), Self.sketch(Array(other)))
      let estimate = Sketch.overlap(left, right)
      errors.containment +=
        Double(estimate.shared) / Double(max(1, estimate.second))
        - Double(exact.shared) / Double(exact.second)
      errors.resemblance += estimate.resemblance - exact.resemblance
      errors.size += left.estimatedShingles / Double(exact.first) - 1
    }
    #expect(abs(errors.containment) / Double(pairs) < 0.03)
    #expect(abs(errors.resemblance) / Double(pairs) < 0.02)
    #expect(abs(errors.size) / Double(pairs) < 0.05)
  }
}
