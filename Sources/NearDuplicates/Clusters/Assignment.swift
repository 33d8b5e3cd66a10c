// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What was decided about one document, and what of earlier decisions it changed.
package struct Assignment: Sendable, Equatable {
  package enum Relation: Sendable { case first, identical, near }

  /// The document that a decision was made against, and how alike the two texts are.
  package struct Match: Sendable, Equatable {
    package var document: UInt32
    /// Shared shingles over all shingles of the two texts (Broder 1997), 0 to 1.
    package var resemblance: Double
    /// Shared shingles over those of the text that has fewer, 0 to 1.
    package var containment: Double
    /// Distinct shingles that both texts hold.
    package var shared: Int
    /// How well the document fits the cluster as a whole, 0 to 1.
    package var clusterSimilarity: Double
  }

  package enum Revision: Sendable, Equatable {
    /// Clusters turned out to be one.
    case merge(into: UInt32, absorbed: [UInt32], document: UInt32, match: Match)
    /// A document turned out to belong elsewhere.
    case move(document: UInt32, from: UInt32, to: UInt32, reason: String)
  }

  package var cluster: UInt32
  package var relation: Relation
  package var match: Match?
  /// Clusters whose texts stand in this document beside each other: it is a round-up of them.
  package var contains: [UInt32] = []
  /// In the order in which they happened, after the assignment.
  package var revisions: [Revision] = []
  /// What the state is to keep for `Collection.restore`: `DocumentTrace` reads it.
  package var trace: [UInt8] = []
}
