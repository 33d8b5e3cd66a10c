// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct RunChainTests {
  @Test func nothingGivesNothing() { #expect(RunChain.heaviest([]).isEmpty) }

  @Test func theHeavierOfTwoThatCrossIsKept() {
    let light = MatchingRun(first: 0, second: 10, length: 3)
    let heavy = MatchingRun(first: 5, second: 0, length: 4)
    #expect(RunChain.heaviest([light, heavy]) == [heavy])
  }

  @Test func runsThatTouchFollowEachOther() {
    let runs = [
      MatchingRun(first: 0, second: 0, length: 3), MatchingRun(first: 3, second: 3, length: 3),
    ]
    #expect(RunChain.heaviest(runs) == runs)
  }

  /// Against trying all of them.
  @Test(arguments: UInt64(0)..<40)
  func noOtherChainHasMoreWords(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let runs = (0..<9).map { _ in
      MatchingRun(
        first: Int.random(in: 0..<20, using: &random),
        second: Int.random(in: 0..<20, using: &random),
        length: Int.random(in: 1...6, using: &random))
    }
    let chain = RunChain.heaviest(runs)
    #expect(isInOrder(chain))
    #expect(chain.allSatisfy(runs.contains))
    let best = (0..<(1 << runs.count)).compactMap { choice -> Int? in
      let chosen = runs.indices.filter { choice >> $0 & 1 == 1 }.map { runs[$0] }
        .sorted { $0.first < $1.first }
      return isInOrder(chosen) ? words(chosen) : nil
    }.max()
    #expect(words(chain) == best)
  }

  private func words(_ runs: [MatchingRun]) -> Int { runs.reduce(0) { $0 + $1.length } }

  private func isInOrder(_ runs: [MatchingRun]) -> Bool {
    zip(runs, runs.dropFirst()).allSatisfy {
      $0.firstEnd <= $1.first && $0.secondEnd <= $1.second
    }
  }
}
