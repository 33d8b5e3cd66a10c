// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct StoriesRestoringTests {
  /// The law: what is skipped of units that so many follow has been forgotten.
  @Test(arguments: [0, 1, 5_000, StoryMemory.generation])
  func whatIsSkippedIsForgotten(surplus: Int) {
    var random = SeededGenerator(seed: UInt64(surplus))
    let skipped = StoryMemory.generation + surplus
    var (all, latest) = (Stories(window: .max), Stories(window: .max))
    for unit in 1...UInt32(skipped + Stories.rememberedUnits) {
      // A third comes to an earlier story, so that its terms count less.
      let story = unit % 3 == 0 ? all.survivor(of: unit / 3 * 2 - 1) : unit
      let terms = (0..<3).map { place in
        StoryTrace.Term(
          term: UInt32(truncatingIfNeeded: random.next() % 5_000 * 0x9E37_79B1),
          weight: UInt8(200 - place), context: TermContext.Kind.telling.rawValue)
      }
      let trace = StoryTrace(
        cluster: unit, source: unit, story: all.story(of: story) ?? unit, terms: terms)
      all.restore(trace, of: unit, time: 0)
      latest.restore(trace, of: unit, time: 0, isRemembered: Int(unit) > skipped)
    }
    #expect(all.memory.unitCount == latest.memory.unitCount)
    #expect(all.storyCount == latest.storyCount)
    let terms = (0..<5_000 as Range<UInt64>).map { UInt32(truncatingIfNeeded: $0 * 0x9E37_79B1) }
    let counts = terms.map { all.memory.count($0) }
    let differing = zip(terms, counts).count { latest.memory.count($0) != $1 }
    #expect(differing == 0)
    #expect(Set(counts).count > 15, "there is something to be compared")
  }

  @Test func unitsAreFoundByTheirClusters() {
    var random = SeededGenerator(seed: 1)
    var units = ClusterUnits()
    var truth: [UInt32: UInt32] = [:]
    for unit in 0..<5_000 as Range<UInt32> {
      let cluster = UInt32(random.next() % 400)
      let value = random.next() % 3 == 0 ? nil : unit
      units[cluster] = value
      truth[cluster] = value
      #expect(units[cluster] == value)
      #expect(units.count == truth.count)
    }
    #expect((0..<500).allSatisfy { units[$0] == truth[$0] })
    #expect(units.all.map(\.cluster) == truth.keys.sorted())
    #expect(units.all.allSatisfy { truth[$0.cluster] == $0.unit })
  }
}
