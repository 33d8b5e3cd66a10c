// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Testing

@testable import NearDuplicates

/// The five measures of what frames two texts, on texts made by hand.
@Suite(.timeLimit(.minutes(10)))
struct PairMeasuresFrameTests {
  /// Tokens of one kind: `a` 6 are the first six of the kind a, the same wherever they stand.
  private struct Part {
    let kind: Character
    let count: Int
    /// Half the tokens of the line.
    var line: UInt8 = 0
  }

  private func part(_ kind: Character, _ count: Int, line: UInt8 = 0) -> Part {
    Part(kind: kind, count: count, line: line)
  }

  private func weighed(_ parts: [Part]) -> WeighedProfile {
    var sequence = TokenSequence(tokens: [], traits: [])
    for part in parts {
      let base = UInt32(part.kind.asciiValue ?? 0) << 16
      sequence.tokens += (0..<part.count).map { base + UInt32($0) }
      sequence.traits += repeatElement(part.line << TokenTraits.lineShift, count: part.count)
    }
    return WeighedProfile(DocumentProfile(sequence), counts: ClusterCounts())
  }

  private func measures(_ one: [Part], _ other: [Part]) -> PairMeasures {
    var aligner = Aligner()
    let (one, other) = (weighed(one), weighed(other))
    let there = PairComparison(one, other, clusters: 1, aligner: &aligner).measures
    // Which is the newer one makes no difference when the lengths differ.
    if one.profile.tokens.count != other.profile.tokens.count {
      #expect(PairComparison(other, one, clusters: 1, aligner: &aligner).measures == there)
    }
    return there
  }

  private func expect(
    _ measures: PairMeasures, own: (Double, Double), gap: (Double, Double), frame: Double,
    at location: SourceLocation = #_sourceLocation
  ) {
    func isNear(_ measure: PairMeasure, _ value: Double) {
      #expect(
        abs(measures[measure] - value) < 1e-6, "\(measure): \(measures[measure]), not \(value)",
        sourceLocation: location)
    }
    isNear(.ownCore, own.0)
    isNear(.ownCoreLength, log2(1 + own.1))
    isNear(.facingGap, gap.0)
    isNear(.facingGapLength, log2(1 + gap.1))
    isNear(.frame, frame)
  }

  @Test func numbersAreThoseOfTheModel() {
    let five: [PairMeasure] = [.ownCore, .ownCoreLength, .facingGap, .facingGapLength, .frame]
    #expect(five.map(\.rawValue) == [28, 29, 30, 31, 32])
    #expect(PairMeasure.allCases.count == 40)
  }

  @Test func twoArticlesInOneFrame() {
    expect(
      measures(
        [part("f", 6), part("a", 10), part("g", 6)], [part("f", 6), part("b", 14), part("g", 6)]),
      own: (10.0 / 22, 10), gap: (10.0 / 22, 10), frame: 17.0 / 22)
  }

  @Test func oneArticleInTwoFrames() {
    // The longest stretch of its own: seven words of the first, nine of the second.
    expect(
      measures(
        [part("f", 5), part("a", 40), part("g", 7)], [part("h", 9), part("a", 40), part("i", 8)]),
      own: (7.0 / 52, 7), gap: (0, 0), frame: 45.0 / 58)
  }

  @Test func aCopyHasNothingOfItsOwn() {
    expect(
      measures([part("a", 30)], [part("a", 30), part("g", 12)]),
      own: (0, 0), gap: (0, 0), frame: 35.0 / 40)
  }

  @Test func nothingInCommon() {
    expect(
      measures([part("a", 8)], [part("b", 9)]), own: (1, 8), gap: (0, 0), frame: 0.5)
    expect(measures([], [part("b", 9)]), own: (0, 0), gap: (0, 0), frame: 0.5)
  }

  @Test func partsInAnotherOrderFaceNoGap() {
    let measures = measures(
      [part("f", 6), part("a", 7), part("g", 6)], [part("g", 6), part("b", 9), part("f", 6)])
    #expect(measures[.facingGap] == 0 && measures[.facingGapLength] == 0)
    #expect(abs(measures[.ownCore] - 7.0 / 19) < 1e-6)
  }

  @Test func theGreatestOfSeveralGapsCounts() {
    let measures = measures(
      [part("f", 6), part("a", 9), part("g", 6), part("b", 12), part("h", 6)],
      [part("f", 6), part("c", 20), part("g", 6), part("d", 11), part("h", 6)])
    #expect(abs(measures[.facingGap] - 11.0 / 39) < 1e-6)
  }

  @Test(arguments: [(4, 0.0), (5, 10.0 / 21)])
  func runsOfFiveAreAnchors(run: Int, gap: Double) {
    let measures = measures(
      [part("f", run), part("a", 10), part("g", 11 - run)],
      [part("f", run), part("b", 14), part("g", 11 - run)])
    #expect(abs(measures[.facingGap] - gap) < 1e-6)
  }

  @Test func wordsOfLongLinesAreWhatCounts() {
    // The menu is worth nothing; a word of the first article 20, one of the second 12.
    expect(
      measures(
        [part("f", 6, line: 1), part("a", 20, line: 15), part("g", 6, line: 1)],
        [part("f", 6, line: 1), part("b", 24, line: 8), part("g", 6, line: 1)]),
      own: (1, 14.4), gap: (288.0 / 288, 14.4), frame: 17.0 / 22)
  }

  @Test func allWordsCountWhereOneTextHasNoLongLines() {
    expect(
      measures(
        [part("f", 6, line: 1), part("a", 20, line: 1), part("g", 6, line: 1)],
        [part("f", 6, line: 1), part("b", 24, line: 8), part("g", 6, line: 1)]),
      own: (20.0 / 32, 20), gap: (20.0 / 32, 20), frame: 17.0 / 22)
  }
}
