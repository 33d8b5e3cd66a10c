// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ShingleHashTests {
  /// Sampling by threshold needs even high bits, also for tokens that differ little.
  @Test func fallsEvenlyIntoSixtyFourths() {
    var counts = [Int](repeating: 0, count: 64)
    let side = UInt32(40)
    for first in 0..<side {
      for second in 0..<side {
        for third in 0..<side {
          counts[Int(ShingleHash.hash(first, second, third) >> 58)] += 1
        }
      }
    }
    let expected = Double(side * side * side) / 64
    let chiSquare = counts.reduce(0) { sum, count in
      sum + (Double(count) - expected) * (Double(count) - expected) / expected
    }
    // 63 degrees of freedom: mean 63, standard deviation 11.
    #expect(chiSquare < 63 + 5 * 11.2)
  }

  @Test func differsForDifferentShingles() {
    var hashes: Set<UInt64> = []
    for first in UInt32(0)..<40 {
      for second in UInt32(0)..<40 {
        for third in UInt32(0)..<40 { hashes.insert(ShingleHash.hash(first, second, third)) }
      }
    }
    #expect(hashes.count == 64_000)
  }
}
