// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What came of comparing two documents.
struct PairScore: Sendable, Equatable {
  /// From −6 to 6.
  let logOdds: Double
  /// The exact numbers of distinct shingles.
  let overlap: ShingleOverlap
}
