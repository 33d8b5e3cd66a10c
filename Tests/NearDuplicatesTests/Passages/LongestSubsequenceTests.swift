// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct LongestSubsequenceTests {
  private func places(_ first: [UInt64], _ second: [UInt64]) -> [[Int]] {
    LongestSubsequence.runs(first[...], second[...]).map { [$0.first, $0.second] }
  }

  @Test func itIsTheLongest() {
    #expect(places([1, 2, 3, 4], [2, 9, 4, 3, 4]) == [[1, 0], [2, 3], [3, 4]])
    #expect(places([1, 2], [3, 4]).isEmpty)
    #expect(places([], [3, 4]).isEmpty)
  }

  @Test func placesAreThoseOfTheWholeText() {
    let (first, second): ([UInt64], [UInt64]) = ([7, 7, 1, 2], [1, 2, 8])
    let runs = LongestSubsequence.runs(first[2...], second[..<2])
    #expect(runs.map(\.first) == [2, 3])
    #expect(runs.map(\.second) == [0, 1])
  }

  @Test func longStretchesAreLeftAlone() {
    let many = Array(repeating: UInt64(1), count: 200)
    #expect(places(many, many).isEmpty)
  }
}
