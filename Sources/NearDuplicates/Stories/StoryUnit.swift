// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What stands for a near-duplicate cluster in its story: the text of its founder.
struct StoryUnit: Sendable {
  var cluster: UInt32
  var story: UInt32
  var vector: TermVector
  /// Microseconds since the epoch.
  let arrived: Int64
  /// The documents of the cluster.
  var documents: [UInt32]
  /// Whether its cluster was absorbed by another one, or its time is over.
  var isRetired = false
  /// Whether a story was named after it; each name is used once.
  var hasNamed = false
}
