// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct RadixSortingTests {
  enum Kind: CaseIterable {
    case even, repeated, oneLead, fewLeads, ascending, descending, extremes
  }

  @Test("as a stable sort by the upper half does", arguments: Kind.allCases)
  func sortsStably(kind: Kind) {
    var random = SeededGenerator(seed: 1)
    for count in [0, 1, 2, 3, 16, 100, 1_000, 20_000] {
      // The lower half tells apart what is equal in the upper one.
      let numbers = (0..<count).map { place in
        let key = random.next() >> 32
        let upper: UInt64 =
          switch kind {
          case .even: key
          case .repeated: (key & 7) << 24
          case .oneLead: key & 0xFFFF
          case .fewLeads: key & 0x3_FFFF
          case .ascending: UInt64(place)
          case .descending: UInt64(count - place)
          case .extremes: key & 1 == 0 ? 0 : 0xFFFF_FFFF
          }
        return upper << 32 | UInt64(place)
      }
      var sorted = numbers
      RadixSorting.sortByHighHalf(&sorted)
      // With the places in the lower half, the order of the whole is the stable one.
      #expect(sorted == numbers.sorted(), "\(count)")
    }
  }
}
