// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How a document came to its cluster, with the words of the log's `relation` field.
package enum Relation: String, Sendable, Equatable, CaseIterable {
  /// The first document of a new cluster.
  case first
  /// The same bytes as an earlier document.
  case identical
  /// A near-duplicate of its cluster.
  case near
}
