// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("settle", "settle", 0), ("settel", "settle", 1),
    ("setle", "settle", 1), ("settlle", "settle", 1), ("sattle", "settle", 1),
    ("kitten", "sitting", 3), ("ab", "ba", 1), ("abcd", "badc", 2),
  ])
  func countsSlips(first: String, second: String, slips: Int) {
    #expect(EditDistance.between(first, second) == slips)
    #expect(EditDistance.between(second, first) == slips)
  }

  @Test func veryLongNamesAreCut() {
    let long = String(repeating: "x", count: 1_000_000)
    #expect(EditDistance.between(long, long + "y") == 0)
  }
}
