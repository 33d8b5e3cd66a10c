// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The document a decision was made against, and the measures (Broder 1997).
package struct Match: Sendable, Equatable {
  /// The document's number, from 1.
  package var document: UInt32
  /// The path relative to the drop directory: raw bytes, any but NUL.
  package var path: [UInt8]
  /// Shared shingles over all shingles of both, weighted, 0 to 1.
  package var resemblance: Double
  /// Shared shingles over those of the smaller, weighted, 0 to 1.
  package var containment: Double
  /// How many shingles both have.
  package var shared: Int
  /// Similarity to the cluster as a whole, 0 to 1.
  package var clusterSimilarity: Double

  /// Makes a value from its fields.
  package init(
    document: UInt32, path: [UInt8], resemblance: Double, containment: Double, shared: Int,
    clusterSimilarity: Double
  ) {
    self.document = document
    self.path = path
    self.resemblance = resemblance
    self.containment = containment
    self.shared = shared
    self.clusterSimilarity = clusterSimilarity
  }
}
