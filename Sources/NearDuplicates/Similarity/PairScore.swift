// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What came of comparing two documents.
struct PairScore: Sendable, Equatable {
  /// From −6 to 6.
  let logOdds: Double
  /// The exact numbers of distinct shingles.
  let overlap: ShingleOverlap
  /// The share of the newer document's tokens that stand in the older one too, in runs; 0 to 1.
  var newerCovered = 0.0
  /// The same of the older document.
  var olderCovered = 0.0
  /// How alike the words are, whatever their order (`PairMeasure.cosine`).
  var cosine = 0.0

  /// Whether the two are near whatever else is known of them.
  var isLawful: Bool { overlap.resemblance >= PairModel.lawfulResemblance }
}
