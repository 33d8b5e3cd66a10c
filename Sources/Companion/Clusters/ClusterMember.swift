// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document of a cluster and what it has in common with the cluster's principal.
package struct ClusterMember: Sendable, Equatable {
  /// Exact, from the stored texts; shingles and runs are of three words.
  package struct Reuse: Sendable, Equatable {
    /// Which share of its shingles the principal has too, 0 to 1.
    package var inPrincipal: Double
    /// Which share of the principal's words stand in runs that it has too, 0 to 1.
    package var ofPrincipal: Double
    /// How many of its words stand in no run that the principal has.
    package var added: Int
  }

  package let document: RecordedDocument
  /// Nil where the state has no text of it.
  package let reuse: Reuse?
  /// Its path in the drop directory stands for nothing any more.
  package var isGone = false
  /// Nil where nothing tells.
  package var headline: String?
}
