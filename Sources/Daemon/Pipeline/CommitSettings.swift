// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// What the committing task needs to know of the configuration.
struct CommitSettings: Sendable {
  /// The most documents in one transaction.
  var batch: Int
  /// Nanoseconds between two syncs of the cluster log; 0 to sync with each commit.
  var syncInterval: UInt64
}

/// What other tasks ask of the committing task.
final class CommitRequests: Sendable {
  struct Requests {
    var reopenLog = false
  }

  private let requests = Mutex(Requests())

  func ask(_ change: (inout Requests) -> Void) { requests.withLock { change(&$0) } }

  func take() -> Requests {
    requests.withLock { requests in
      let taken = requests
      requests = Requests()
      return taken
    }
  }
}
