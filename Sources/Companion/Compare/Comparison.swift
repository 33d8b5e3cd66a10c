// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import NearDuplicates

/// Two texts next to each other: what the daemon would decide of them, and what they share.
package struct Comparison: Sendable {
  package let first: ComparedText
  package let second: ComparedText
  package let judgement: PairJudgement
  package let alignment: PassageAlignment

  /// - Parameter threshold: detection.threshold.
  package init(_ first: GivenText, _ second: GivenText, threshold: Double) throws {
    self.first = ComparedText(first)
    self.second = ComparedText(second)
    judgement = try PairJudgement(
      PreparedDocument(first.fingerprint), PreparedDocument(second.fingerprint),
      threshold: threshold)
    let (one, other) = (self.first, self.second)
    alignment = PassageAlignment(first.fingerprint.tokens, second.fingerprint.tokens)
      .keepingWhole(first: one.isWithinNumber, second: other.isWithinNumber)
  }

  package var areNear: Bool {
    judgement.verdict == .near || judgement.verdict == .sameWords
  }

  /// The share of the first text's shingles that the second has, and the other way round.
  package var containments: (ofFirst: Double, ofSecond: Double) {
    let overlap = judgement.overlap
    func share(_ count: Int) -> Double {
      count == 0 ? 0 : Double(overlap.shared) / Double(count)
    }
    return (share(overlap.first), share(overlap.second))
  }

  /// One sentence.
  package var verdict: String {
    let similarity = "similarity \(Figures.share(judgement.similarity))"
    let limit = Figures.share(judgement.limit)
    return switch judgement.verdict {
    case .sameWords: "near-duplicates: the same words in the same order"
    case .near: "near-duplicates: \(similarity), above the limit of \(limit)"
    case .apart: "not near-duplicates: \(similarity), not above the limit of \(limit)"
    case .notCandidates:
      "not near-duplicates: they share too few uncommon passages to be compared"
    }
  }
}
