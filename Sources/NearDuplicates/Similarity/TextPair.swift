// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Two stored texts compared on their own, by all measures that need no collection.
package struct TextPair: Sendable, Equatable {
  package let overlap: ShingleOverlap
  /// How likely they are near-duplicates, 0 to 1, by the model that decides; what the collection
  /// has taught about common phrases is not in it, so it may be too high for pages of one site.
  package let similarity: Double

  /// From this similarity on a document joins a cluster of one text.
  ///
  /// - Parameter threshold: As in `Collection`.
  package static func joining(threshold: Double) -> Double {
    Linkage.probability(Linkage.joining + Linkage.logOdds(min(max(threshold, 0.001), 0.999)))
  }

  package init(_ newer: TokenSequence, _ older: TokenSequence) {
    let counts = ClusterCounts()
    var aligner = Aligner()
    let comparison = PairComparison(
      WeighedProfile(DocumentProfile(newer), counts: counts),
      WeighedProfile(DocumentProfile(older), counts: counts), clusters: 1, aligner: &aligner)
    overlap = comparison.overlap
    similarity = Linkage.probability(PairModel.shared.score(comparison.measures))
  }
}
