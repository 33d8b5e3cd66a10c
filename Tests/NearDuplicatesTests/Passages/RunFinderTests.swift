// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct RunFinderTests {
  @Test func runsAreAsLongAsTheyCanBe() {
    let finder = RunFinder(first: [1, 2, 3, 4, 5, 9], second: [8, 2, 3, 4, 5, 7])
    let run = MatchingRun(first: 1, second: 1, length: 4)
    #expect(finder.runs(0..<6, 0..<6) == [run])
  }

  @Test func runsStayInTheirParts() {
    let words = (0..<20).map { UInt64($0) }
    let finder = RunFinder(first: words, second: words)
    #expect(
      finder.runs(5..<12, 3..<9) == [MatchingRun(first: 5, second: 5, length: 4)])
  }

  @Test func twoWordsAreNoRun() {
    #expect(RunFinder(first: [1, 2, 9], second: [1, 2, 8]).runs(0..<3, 0..<3).isEmpty)
    #expect(RunFinder(first: [1, 2], second: [1, 2]).runs(0..<2, 0..<2).isEmpty)
  }

  @Test func whatIsEverywhereIsNoSeed() {
    let finder = RunFinder(
      first: Array(repeating: 1, count: 50), second: Array(repeating: 1, count: 40))
    #expect(finder.runs(0..<50, 0..<40).isEmpty)
  }

  @Test func aPassageThatIsThereTwiceIsFoundTwice() {
    let passage: [UInt64] = [1, 2, 3, 4]
    let finder = RunFinder(first: passage, second: passage + [9] + passage)
    let runs = finder.runs(0..<4, 0..<9)
    #expect(Set(runs.map(\.second)) == [0, 5])
    #expect(runs.allSatisfy { $0.length == 4 })
  }
}
