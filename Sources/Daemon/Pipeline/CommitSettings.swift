// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the deciding and the committing task need to know of the configuration.
struct CommitSettings: Sendable {
  /// The most documents in one transaction.
  var batch: Int
  /// Nanoseconds between two syncs of the cluster log; 0 to sync with each commit.
  var syncInterval: UInt64
}
