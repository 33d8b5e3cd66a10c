// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What two sets of runs have in common: numbers, static weights and k-weights.
struct ShingleComparison: Sendable, Equatable {
  /// Of two documents A and B: how many runs each has and how many both have.
  var overlap: ShingleOverlap
  var sharedWeight: Int
  var firstWeight: Int
  var secondWeight: Int
  /// The same for k-weights, in 64ths.
  var sharedUnusual: Int
  var firstUnusual: Int
  var secondUnusual: Int
  /// The same runs counted where they are own text (`MomentaryWeights`).
  var own: ShingleOverlap

  /// - Parameter clusters: in how many clusters the two documents are, as far as these are counted:
  ///   one for two documents of a cluster or if one document is new, else two.
  init(
    _ first: WeightedShingles, _ firstMoment: MomentaryWeights,
    _ second: WeightedShingles, _ secondMoment: MomentaryWeights, clusters: Int
  ) {
    precondition((1...2).contains(clusters))
    let shared = Self.shared(first.keys, firstMoment.weights, second.keys)
    overlap = ShingleOverlap(shared: shared.count, first: first.count, second: second.count)
    (sharedWeight, firstWeight, secondWeight) = (shared.weight, first.weight, second.weight)
    sharedUnusual = clusters == 1 ? shared.ofOne : shared.ofTwo
    let more = sharedUnusual - shared.ofOne
    firstUnusual = firstMoment.total + more
    secondUnusual = secondMoment.total + more
    let sharedOwn = clusters == 1 ? shared.ownOfOne : shared.ownOfTwo
    let moreOwn = sharedOwn - shared.ownOfOne
    own = ShingleOverlap(
      shared: sharedOwn, first: firstMoment.own + moreOwn, second: secondMoment.own + moreOwn)
  }

  private struct Shared {
    var count = 0
    var weight = 0
    var ofOne = 0
    var ofTwo = 0
    var ownOfOne = 0
    var ownOfTwo = 0
  }

  /// Merges without branching on the keys, which could not be foretold.
  private static func shared(
    _ first: [UInt64], _ moment: [UInt32], _ second: [UInt64]
  ) -> Shared {
    first.withUnsafeBufferPointer { first in
      moment.withUnsafeBufferPointer { moment in
        second.withUnsafeBufferPointer { second in
          var sums = Shared()
          var (left, right) = (0, 0)
          while left < first.count, right < second.count {
            let (one, other) = (first[left], second[right])
            let mask: UInt64 = one == other ? .max : 0
            let weight = UInt64(moment[left]) & mask
            sums.count &+= Int(truncatingIfNeeded: mask & 1)
            sums.weight &+= Int(truncatingIfNeeded: one & mask & 0xFF)
            sums.ofOne &+= Int(truncatingIfNeeded: weight &>> 16 & 0x7FFF)
            sums.ofTwo &+= Int(truncatingIfNeeded: weight & 0x7FFF)
            sums.ownOfOne &+= Int(truncatingIfNeeded: weight &>> 31)
            sums.ownOfTwo &+= Int(truncatingIfNeeded: weight &>> 15 & 1)
            left &+= one <= other ? 1 : 0
            right &+= other <= one ? 1 : 0
          }
          return sums
        }
      }
    }
  }
}
