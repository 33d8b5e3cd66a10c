// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct RepresentativeCosinesTests {
  private func learn(_ cosines: inout RepresentativeCosines, _ places: [Int], below count: Int) {
    for place in places {
      cosines.learn(place, below: count) { Double(place * $0) / 256 }
    }
  }

  @Test func whatIsLearnedIsKnownFromBothSides() {
    var cosines = RepresentativeCosines()
    #expect(cosines.unknownPlaces(below: 16) == Array(0..<16))
    learn(&cosines, Array(0..<16), below: 16)
    #expect(cosines.unknownPlaces(below: 16).isEmpty)
    for one in 0..<16 {
      for other in 0..<16 where other != one {
        #expect(cosines[one, other] == Double(one * other) / 256)
      }
    }
  }

  @Test func onlyWhoeverIsNewIsUnknown() {
    var cosines = RepresentativeCosines()
    learn(&cosines, Array(0..<5), below: 5)
    #expect(cosines.unknownPlaces(below: 6) == [5])
    learn(&cosines, [5], below: 6)
    cosines.forget(3)
    #expect(cosines.unknownPlaces(below: 6) == [3])
    #expect(cosines[1, 5] == 5.0 / 256)
    cosines.forgetAll()
    #expect(cosines.unknownPlaces(below: 6) == Array(0..<6))
  }
}
