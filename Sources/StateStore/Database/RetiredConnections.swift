// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import GRDB
internal import Synchronization

/// Connections that are closed and done with, and never let go.
///
/// When a `DatabaseQueue` goes, Dispatch frees what its queue carries on a global queue, and looks
/// every second from then on, for as long as the process lives, whether the threads of that get on:
/// sixty wake-ups a minute of a daemon that has nothing to do. What is kept is some hundred bytes
/// each, of the handful that a daemon opens.
enum RetiredConnections {
  private static let all = Mutex<[DatabaseQueue]>([])

  /// Closes a connection.
  ///
  /// - Throws: `DatabaseError` when a statement of it still runs; it is kept then as well.
  static func retire(_ connection: DatabaseQueue) throws {
    all.withLock { $0.append(connection) }
    try connection.close()
  }
}
