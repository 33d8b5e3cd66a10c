// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What stands for a near-duplicate cluster in its story: the text of its founder.
struct StoryUnit: Sendable {
  var cluster: UInt32
  /// Microseconds since the epoch.
  let arrived: Int64
  /// The documents of the cluster.
  var documents: [UInt32]
  /// Whether a story was named after it; each name is used once.
  var hasNamed = false
}
