// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging

extension DaemonConfiguration {
  /// The cluster log and what goes to the journal.
  package struct Log: Sendable, Equatable {
    /// The cluster log, a file that is appended to.
    package var path = "/var/log/neardupd/clusters.jsonl"
    /// When the cluster log is synced to the disk.
    package var sync = Sync.commit
    /// How often it is synced when `sync` is `interval`.
    package var syncInterval = Duration.seconds(1)
    /// The least severe messages that go to the journal or to standard error.
    package var level = Logger.Level.info
  }
}

extension DaemonConfiguration.Log {
  /// When the cluster log is synced: with each commit, or every `syncInterval`.
  package enum Sync: String, Sendable, CaseIterable {
    case commit
    case interval
  }
}
