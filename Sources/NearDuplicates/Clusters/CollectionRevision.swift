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
  /// Clusters whose texts the arrival holds beside each other.
  var contains: [UInt32] = []
  /// An earlier document that the arrival shows to be a round-up.
  var roundUp: UInt32?
  /// What the arrival shows to be a frame.
  var frame: Collection.FrameEvidence?
  /// Whether it joined a cluster that has a document near to it by the law.
  var isLawful: Bool { joined.map { !compared[$0].lawful.isEmpty } ?? false }
  /// What was changed, in this order.
  var revisions: [Assignment.Revision] = []
}
