// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What one arrival changes of earlier decisions.
struct CollectionRevision {
  /// The document that arrived.
  let document: UInt32
  /// The clusters it was compared with, in the order of the candidates.
  let compared: [ComparedCluster]
  /// Which of them it joined.
  let joined: Int?
  /// What was changed, in this order.
  var revisions: [Assignment.Revision] = []
}
