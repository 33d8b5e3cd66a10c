// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct SmallestNamesTests {
  @Test func keepsTheSmallestLargestFirst() {
    var names = SmallestNames(limit: 2, after: nil)
    for name in ["d", "b", "e", "a", "c"] { names.insert(Array(name.utf8)) }
    let (kept, resumeAfter) = names.finish()
    #expect(kept == [Array("b".utf8), Array("a".utf8)])
    #expect(resumeAfter == Array("b".utf8))
  }

  @Test func aPortionThatHoldsAllIsTheLast() {
    var names = SmallestNames(limit: 3, after: nil)
    for name in ["c", "a", "b"] { names.insert(Array(name.utf8)) }
    let (kept, resumeAfter) = names.finish()
    #expect(kept.count == 3)
    #expect(resumeAfter == nil)
  }

  @Test func ofNothingNothingIsLeft() {
    var names = SmallestNames(limit: 3, after: [0x61])
    names.insert([0x61])
    names.insert([0x60, 0xFF])
    let (kept, resumeAfter) = names.finish()
    #expect(kept.isEmpty)
    #expect(resumeAfter == nil)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func portionsTogetherAreTheSortedWhole(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let all = Set(
      (0..<Int.random(in: 0...200, using: &random)).map { _ in
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
          UInt8.random(in: 0x2D...0x32, using: &random)
        }
      })
    let limit = Int.random(in: 1...20, using: &random)
    var collected: [[UInt8]] = []
    var after: [UInt8]?
    repeat {
      var names = SmallestNames(limit: limit, after: after)
      for name in all.shuffled(using: &random) { names.insert(name) }
      let (portion, resumeAfter) = names.finish()
      #expect(portion.count <= limit)
      collected += portion.reversed()
      after = resumeAfter
    } while after != nil
    #expect(collected == all.sorted { $0.lexicographicallyPrecedes($1) })
  }
}
