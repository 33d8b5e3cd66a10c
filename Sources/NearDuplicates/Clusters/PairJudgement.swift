// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a collection decides of two documents when it has nothing else.
package struct PairJudgement: Sendable, Equatable {
  package enum Verdict: Sendable {
    /// The same words in the same order.
    case sameWords
    case near
    /// Compared, and found not near enough.
    case apart
    /// They share too little that is rare to be compared.
    case notCandidates
  }

  package let verdict: Verdict
  /// Distinct shingles of the first document, of the second, and of both.
  package let overlap: ShingleOverlap
  /// How likely they are near-duplicates, 0 to 1.
  package let similarity: Double
  /// Candidates are near above this similarity.
  package let limit: Double

  /// - Parameter threshold: As `Collection.init` has it.
  package init(
    _ first: PreparedDocument, _ second: PreparedDocument, threshold: Double
  ) throws {
    let contents: Collection.Contents = { _ in
      TokenSequence(tokens: first.fingerprint.tokens, traits: first.fingerprint.traits)
    }
    var collection = Collection(threshold: threshold)
    let earlier = try collection.add(first, contents: contents).cluster
    let probe = try collection.probe(second, contents: contents)
    let isCopy = first.fingerprint.tokens == second.fingerprint.tokens
    verdict =
      isCopy
      ? .sameWords
      : probe.relation == .near ? .near : probe.candidates.isEmpty ? .notCandidates : .apart
    var scorer = PairScorer()
    scorer.begin(earlier + 1, second.profile)
    let score = try scorer.score(
      earlier + 1, earlier, clusters: 1, collection.counts, contents)
    overlap = ShingleOverlap(
      shared: score.overlap.shared, first: first.profile.triples.count,
      second: second.profile.triples.count)
    similarity = isCopy ? 1 : Linkage.probability(score.logOdds)
    limit = probe.limit
  }
}
