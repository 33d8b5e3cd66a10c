// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct HashSortingTests {
  enum Kind: CaseIterable {
    case even, belowLimit, repeated, oneBucket, ascending, descending, extremes
  }

  @Test(arguments: Kind.allCases)
  func sortsAndRemovesRepeats(kind: Kind) {
    var random = SeededGenerator(seed: 1)
    for count in [0, 1, 2, 8, 9, 16, 17, 100, 128, 129, 1000, 8192, 8193, 20_000] {
      var limit = UInt64.max
      var hashes = (0..<count).map { _ in random.next() }
      switch kind {
      case .even: break
      case .belowLimit:
        limit = 1 << 61 + 12_345
        hashes = hashes.map { $0 % limit }
      case .repeated: hashes = hashes.map { ($0 & 7) << 60 }
      case .oneBucket: hashes = hashes.map { $0 & 0xFFFF }
      case .ascending: hashes.sort()
      case .descending: hashes.sort(by: >)
      case .extremes: hashes = hashes.map { $0 & 1 == 0 ? 0 : .max - 1 }
      }
      let expected = Set(hashes).sorted()
      let kept = hashes.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map { HashSorting.sortDistinct($0, count: count, below: limit) } ?? 0
      }
      #expect(Array(hashes.prefix(kept)) == expected, "\(count)")
    }
  }
}
