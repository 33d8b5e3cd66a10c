// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One change of what was decided earlier, replayed between the documents when the state is loaded.
package struct Revision: Sendable, Equatable {
  /// What was changed; the numbers are stored and are never used again for something else.
  package enum Kind: Int, Sendable, Equatable, CaseIterable {
    /// Cluster `source` (= `subject`) is folded into cluster `target`.
    case clusterMerged = 1
    /// Document `subject` goes from cluster `source` to cluster `target`.
    case documentMoved = 2
    /// Story `source` (= `subject`) is folded into story `target`.
    case storyMerged = 3
    /// Cluster `subject` goes from story `source` to story `target`.
    case storyMoved = 4
    /// Document `subject` of cluster `source` is forgotten; `target` is 0.
    case documentRemoved = 5
  }

  /// The last document that was assigned before this change; 0 for none.
  package var afterDocument: UInt32
  /// What was changed.
  package var kind: Kind
  /// The document, cluster or story that it was done to.
  package var subject: UInt32
  /// The cluster or story before.
  package var source: UInt32
  /// The cluster or story after.
  package var target: UInt32

  /// Makes a value from its fields.
  package init(
    afterDocument: UInt32, kind: Kind, subject: UInt32, source: UInt32, target: UInt32
  ) {
    self.afterDocument = afterDocument
    self.kind = kind
    self.subject = subject
    self.source = source
    self.target = target
  }
}
