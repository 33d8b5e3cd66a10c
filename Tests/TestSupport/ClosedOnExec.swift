// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Synchronization

/// Pipes that no child inherits by accident, though Glibc's module has no pipe2(2).
///
/// Between pipe(2) and fcntl(2) another test could start a child that would then hold the write
/// end for good; so both, and starting children, happen one at a time.
enum ClosedOnExec {
  private static let turn = Mutex(())

  static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    try alone {
      guard Glibc.pipe(&ends) == 0 else { throw SystemCallFailure("pipe", "") }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    return (ends[0], ends[1])
  }

  static func alone<Value>(_ body: () throws -> Value) rethrows -> Value {
    try turn.withLock { _ in try body() }
  }
}
