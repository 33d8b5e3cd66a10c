// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct SelectionTests {
  /// It is what sorting finds, of few values and of many.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func findsWhatSortingFinds(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let list = (0..<Int.random(in: 1...90, using: &random)).map { _ in
      Int.random(in: 0..<(seed % 2 == 0 ? 6 : 10_000), using: &random)
    }
    let sorted = list.sorted(by: >)
    for place in list.indices {
      var list = list
      #expect(Selection.element(place, of: &list, by: >) == sorted[place])
      #expect(list[...place].sorted(by: >) == sorted[...place].map { $0 })
    }
  }
}
