// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// The law above the trees, the floor below them, and that they are monotone.
@Suite(.timeLimit(.minutes(10)))
struct PairModelTests {
  private static let less: Set<PairMeasure> = [
    .numbersReplaced, .ownCore, .ownCoreLength, .facingGap, .facingGapLength, .strayOfFirst,
    .strayOfSecond,
  ]
  /// Lengths and what says nothing for itself may count either way.
  private static let open: Set<PairMeasure> = [
    .length, .lengthRatio, .rareWordsReplaced, .frame, .vocabulary,
  ]

  private func measures(seed: Int) -> PairMeasures {
    var generator = SeededGenerator(seed: UInt64(seed))
    var measures = PairMeasures()
    for measure in PairMeasure.allCases {
      measures[measure] = Double(generator.next() % 1_000) / 1_000
    }
    measures[.sharedTriples] = Double(generator.next() % 100) / 10
    return measures
  }

  @Test func treesAreWhole() {
    #expect(TreeEnsemble(PairModel.trees).count == PairModel.shared.treeCount)
    #expect(PairModel.shared.treeCount >= 100)
  }

  @Test(arguments: 1...50)
  func nearlyTheSameIsNearWhateverElseIsMeasured(seed: Int) {
    var measures = measures(seed: seed)
    measures[.tripleResemblance] = 0.9
    #expect(PairModel.shared.score(measures) == PairModel.limit)
    #expect(PairModel.limit > Linkage.joining + Linkage.logOdds(0.95))
  }

  @Test(arguments: 1...50)
  func nextToNothingIsNeverNear(seed: Int) {
    var measures = measures(seed: seed)
    (measures[.tripleResemblance], measures[.tripleContainment]) = (0.059, 0.119)
    #expect(PairModel.shared.score(measures) == -PairModel.limit)
  }

  @Test(arguments: 1...50)
  func aNameIsNeverEnough(seed: Int) {
    var measures = measures(seed: seed)
    measures[.sharedTriples] = 2.8  // six triples
    (measures[.tripleResemblance], measures[.tripleContainment]) = (0.2, 0.9)
    #expect(PairModel.shared.score(measures) == -PairModel.limit)
  }

  @Test(arguments: 1...60)
  func moreInCommonNeverParts(seed: Int) {
    let measure = PairMeasure.allCases[seed % PairMeasure.allCases.count]
    if Self.open.contains(measure) { return }
    var measures = measures(seed: seed)
    let direction = Self.less.contains(measure) ? -1.0 : 1.0
    var last = -Double.infinity
    for step in 0...40 {
      let share = direction > 0 ? Double(step) / 40 : 1 - Double(step) / 40
      measures[measure] = share * (measure == .sharedTriples ? 10 : 1)
      let score = PairModel.shared.score(measures)
      #expect(score >= last - 1e-6, "\(measure) at \(step)")
      last = score
    }
  }
}
