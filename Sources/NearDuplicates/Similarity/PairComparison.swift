// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// The comparison of two documents by all measures.
struct PairComparison: Sendable, Equatable {
  /// Distinct triples, for the log.
  let overlap: ShingleOverlap
  let measures: PairMeasures
  /// The shares of the tokens of each document that are in runs.
  let newerCovered: Double
  let olderCovered: Double

  /// - Parameters:
  ///   - newer: At equal length the newer document counts as the shorter.
  ///   - clusters: As in `ShingleComparison`.
  init(
    _ newer: WeighedProfile, _ older: WeighedProfile, clusters: Int, aligner: inout Aligner
  ) {
    let isSwapped = newer.profile.tokens.count > older.profile.tokens.count
    let (first, second) = isSwapped ? (older, newer) : (newer, older)
    let triples = ShingleComparison(
      first.profile.triples, first.triples, second.profile.triples, second.triples,
      clusters: clusters)
    let pairs = ShingleComparison(
      first.profile.pairs, first.pairs, second.profile.pairs, second.pairs, clusters: clusters)
    var measures = PairMeasures()
    measures.take(pairs: pairs, triples: triples)
    measures.takeWords(first.profile.words, second.profile.words)
    measures.takeLengths(first.profile.tokens.count, second.profile.tokens.count)
    let alignment = aligner.align(first.profile, second.profile)
    measures.take(alignment, length: first.profile.tokens.count)
    measures.takeLines(alignment, first.profile, second.profile)
    measures.takeFrame(alignment)
    let ofFirst = PairMeasures.ratio(alignment.matchedOfFirst, first.profile.tokens.count)
    let ofSecond = PairMeasures.ratio(alignment.matched, second.profile.tokens.count)
    (newerCovered, olderCovered) = isSwapped ? (ofSecond, ofFirst) : (ofFirst, ofSecond)
    overlap = triples.overlap
    self.measures = measures
  }
}

extension PairMeasures {
  mutating func take(pairs: ShingleComparison, triples: ShingleComparison) {
    self[.tripleContainment] = triples.overlap.containment
    self[.tripleResemblance] = triples.overlap.resemblance
    self[.pairContainment] = pairs.overlap.containment
    self[.pairResemblance] = pairs.overlap.resemblance
    (self[.weightedContainment], self[.weightedResemblance]) = Self.likeness(
      triples.sharedWeight, triples.firstWeight, triples.secondWeight)
    (self[.unusualTripleContainment], self[.unusualTripleResemblance]) = Self.likeness(
      triples.sharedUnusual, triples.firstUnusual, triples.secondUnusual)
    (self[.unusualPairContainment], self[.unusualPairResemblance]) = Self.likeness(
      pairs.sharedUnusual, pairs.firstUnusual, pairs.secondUnusual)
    self[.unusual] = Self.ratio(pairs.sharedUnusual, 64 * pairs.sharedWeight)
    self[.evidence] = log2(1 + Double(triples.sharedUnusual) / 6_400)
    self[.sharedTriples] = log2(1 + Double(triples.overlap.shared))
    takeOwnText(triples)
  }

  /// A document that has less text of its own is compared as a whole.
  private static let leastOwnText = 24

  private mutating func takeOwnText(_ triples: ShingleComparison) {
    let own = triples.own
    let overlap = min(own.first, own.second) >= Self.leastOwnText ? own : triples.overlap
    self[.ownTripleContainment] = overlap.containment
    self[.ownTripleResemblance] = overlap.resemblance
  }

  private static func likeness(
    _ shared: Int, _ first: Int, _ second: Int
  ) -> (containment: Double, resemblance: Double) {
    (ratio(shared, min(first, second)), ratio(shared, first + second - shared))
  }

  mutating func takeWords(_ first: WeightedWords, _ second: WeightedWords) {
    let product = WeightedWords.product(first, second)
    self[.vocabulary] = log2(1 + Double(min(first.entries.count, second.entries.count)))
    self[.cosine] = Self.ratio(product.dot, (first.squares * second.squares).squareRoot())
    self[.rareWords] = Self.ratio(
      product.rareWeight + 60, min(first.rareWeight, second.rareWeight) + 60)
  }

  mutating func takeLengths(_ first: Int, _ second: Int) {
    self[.length] = log2(1 + Double(first))
    self[.lengthRatio] = Self.ratio(first, second)
  }

  mutating func take(_ alignment: Alignment, length: Int) {
    func kept(_ matched: Int, _ replaced: Int) -> Double {
      Self.ratio(matched + 1, matched + replaced + 1)
    }
    func share(_ tokens: Int) -> Double { min(1, Double(tokens) / Double(max(1, length))) }
    self[.numbersKept] = kept(alignment.numbersMatched, alignment.numbersReplaced)
    self[.rareWordsKept] = kept(alignment.rareMatched, alignment.rareReplaced)
    self[.numbersReplaced] = log2(1 + Double(alignment.numbersReplaced))
    self[.rareWordsReplaced] = log2(1 + Double(alignment.rareReplaced))
    self[.locality] = Self.ratio(alignment.matched, alignment.matched + alignment.gap)
    self[.longestRun] = log2(1 + Double(alignment.longest))
    self[.longRuns] = share(alignment.inLongRuns)
    self[.longRunTokens] = log2(1 + Double(alignment.inLongRuns))
    self[.strayOfFirst] = log2(1 + Double(alignment.strayOfFirst))
    self[.strayOfSecond] = log2(1 + Double(alignment.strayOfSecond))
    self[.region] = share(alignment.matched + alignment.gapInFirst)
  }

  /// A text with less than this has no lines to speak of.
  private static let leastProse = 10

  mutating func takeLines(
    _ alignment: Alignment, _ first: DocumentProfile, _ second: DocumentProfile
  ) {
    func prose(_ matched: Int, of all: Int) -> Double {
      all >= Self.leastProse ? Self.ratio(matched, all) : 0
    }
    let all = self[.pairContainment]
    let hasProse = max(first.prose, second.prose) >= Self.leastProse
    self[.prose] =
      hasProse
      ? max(
        prose(alignment.proseOfFirst, of: first.prose),
        prose(alignment.proseOfSecond, of: second.prose)) : all
    let hasBody = min(first.body, second.body) >= TextWeights.leastBody
    let one = hasBody ? Self.ratio(alignment.bodyOfFirst, first.body) : all
    let other = hasBody ? Self.ratio(alignment.bodyOfSecond, second.body) : all
    self[.bodyOfLesser] = first.body < second.body ? one : other
    self[.bodyGreatest] = max(one, other)
    self[.bodyLeast] = min(one, other)
  }

  mutating func takeFrame(_ alignment: Alignment) {
    let (first, second) = (alignment.coreOfFirst, alignment.coreOfSecond)
    let (all, others) = (alignment.valueOfFirst, alignment.valueOfSecond)
    func length(_ value: Int) -> Double {
      log2(1 + Double(value) / Double(TextWeights.fullBody))
    }
    func frame(_ core: OwnCore) -> Double {
      Self.ratio(core.matchedOutside + 5, core.outside + 10)
    }
    self[.ownCore] = min(Self.ratio(first.value, all), Self.ratio(second.value, others))
    self[.ownCoreLength] = length(min(first.value, second.value))
    self[.facingGap] = Self.ratio(alignment.facingGap, min(all, others))
    self[.facingGapLength] = length(alignment.facingGap)
    self[.frame] = min(frame(first), frame(second))
  }
}
