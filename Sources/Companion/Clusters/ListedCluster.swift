// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A cluster in a list.
package struct ListedCluster: Sendable, Equatable {
  package let cluster: UInt32
  package let documents: Int
  /// How many of the documents have bytes of their own.
  package let texts: Int
  /// The first and the last to arrive.
  package let first: RecordedDocument
  package let last: RecordedDocument

  package var firstSeen: Int64 { first.arrived }
  package var lastSeen: Int64 { last.arrived }

  /// Nil for no documents.
  init?(_ cluster: UInt32, _ documents: [RecordedDocument]) {
    guard let first = documents.first, let last = documents.last else { return nil }
    self.cluster = cluster
    self.documents = documents.count
    texts = documents.count { $0.identicalTo == nil }
    self.first = first
    self.last = last
  }
}
