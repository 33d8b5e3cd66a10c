// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// Where all tasks write what they do; the reporter reads it when something changed.
final class StatusBoard: Sendable {
  private let status = Mutex(DaemonStatus())
  private let readers = Mutex<[AsyncStream<Void>.Continuation]>([])

  /// Yields once at the beginning and then after each change; each reader takes its own.
  var signals: AsyncStream<Void> {
    // One waiting signal says as much as many.
    let (signals, reader) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    reader.yield()
    readers.withLock { $0.append(reader) }
    return signals
  }

  var now: DaemonStatus { status.withLock { $0 } }

  func update(_ change: (inout DaemonStatus) -> Void) {
    let isNew = status.withLock { status in
      let old = status
      change(&status)
      return status != old
    }
    if isNew { announce() }
  }

  /// Wakes the readers though the status is as it was: something else they write has changed.
  func announce() {
    readers.withLock { readers in for reader in readers { reader.yield() } }
  }

  func intake(_ intake: DaemonStatus.Intake) { update { $0.intake = intake } }

  func countOverflow() { update { $0.totals.overflows += 1 } }

  func countScan() { update { $0.totals.scans += 1 } }
}
