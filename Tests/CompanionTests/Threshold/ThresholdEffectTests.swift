// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ThresholdEffectTests {
  @Test("what is apart now and would be together is told from what is together and would be apart")
  func changes() {
    // Documents 1 to 7 in clusters 1, 1, 1, 4, 4, 6, 7.
    let present: [UInt32: UInt32] = [1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 6: 6, 7: 7]
    // 3 leaves its cluster; those of 4 and 6 are one.
    let other: [UInt32: UInt32] = [1: 10, 2: 10, 3: 11, 4: 12, 5: 12, 6: 12, 7: 13]
    let effect = ThresholdEffect(threshold: 0.3, present: present, other: other)
    #expect(effect.clusters == 2)
    #expect(effect.clustered == 5)
    #expect(effect.merged == [.init(clusters: [4, 6], groups: [[4, 5], [6]])])
    #expect(effect.split == [.init(clusters: [1], groups: [[1, 2], [3]])])
  }

  @Test("seen from the other side, what merges splits; a partition is no change of itself")
  func symmetry() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<50 {
      var (one, other): ([UInt32: UInt32], [UInt32: UInt32]) = ([:], [:])
      for document in UInt32(1)...30 {
        one[document] = .random(in: 1...12, using: &generator)
        other[document] = .random(in: 1...12, using: &generator)
      }
      let effect = ThresholdEffect(threshold: 0.5, present: one, other: other)
      let mirrored = ThresholdEffect(threshold: 0.5, present: other, other: one)
      #expect(effect.merged.map(\.groups) == mirrored.split.map(\.groups))
      #expect(effect.split.map(\.groups) == mirrored.merged.map(\.groups))
      let same = ThresholdEffect(threshold: 0.5, present: one, other: one)
      #expect(same.merged.isEmpty && same.split.isEmpty)
    }
  }
}
