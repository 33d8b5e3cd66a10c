// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What stands for a near-duplicate cluster in its story: the text of its founder.
struct StoryUnit: Sendable {
  var cluster: UInt32
  /// When it arrived or was published, as the clock of stories has it, in microseconds since the
  /// epoch.
  let time: Int64
  /// The documents of the cluster.
  var documents: [UInt32]
  /// Whether a story was named after it; each name is used once.
  var hasNamed = false
}
