// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct PairModelFrameTests {
  @Test func hasAllTrees() {
    #expect(TreeEnsemble(PairModel.trees).count == 150)
    #expect(TreeEnsemble(PairModel.frameTrees).count == 60)
    #expect(PairModel.shared.treeCount == 210)
  }

  @Test(arguments: [(0, 1.0), (1, 1), (255, 1), (256, 0.6), (1_000_000, 0.6)])
  func frameTreesWeighLessOnceTheCountsKnowSomething(foundings: Int, weight: Double) {
    #expect(PairModel.frameWeight(foundings: foundings) == weight)
  }

  @Test func onlyTheFrameTreesAreWeighed() {
    var measures = PairMeasures()
    for measure in PairMeasure.allCases { measures[measure] = 0.5 }
    let main = TreeEnsemble(PairModel.trees).sum(measures)
    let frame = TreeEnsemble(PairModel.frameTrees).sum(measures)
    #expect(frame != 0)
    for weight in [0, 0.25, 0.6, 1] {
      let score = PairModel.shared.score(measures, frameWeight: weight)
      #expect(score == max(-6, min(6, main + weight * frame)))
    }
  }

  @Test func moreOfItsOwnIsNeverMoreAlike() {
    let trees = TreeEnsemble(PairModel.frameTrees)
    for seed in 1...200 {
      var generator = SeededGenerator(seed: UInt64(seed))
      var measures = PairMeasures()
      for measure in PairMeasure.allCases {
        measures[measure] = Double(generator.next() % 1_000) / 1_000
      }
      for measure in [PairMeasure.ownCore, .facingGap] {
        var last = Double.infinity
        for step in 0...20 {
          measures[measure] = Double(step) / 20
          let sum = trees.sum(measures)
          #expect(sum <= last + 1e-9, "\(measure) at \(step)")
          last = sum
        }
      }
    }
  }
}
