// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// Where all tasks write what they do; the reporter reads it when something changed.
final class StatusBoard: Sendable {
  private let status = Mutex(DaemonStatus())
  private let changes: AsyncStream<Void>
  private let changed: AsyncStream<Void>.Continuation

  init() {
    // One waiting signal says as much as many.
    (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Yields after each change; for one reader.
  var signals: AsyncStream<Void> { changes }

  var now: DaemonStatus { status.withLock { $0 } }

  func update(_ change: (inout DaemonStatus) -> Void) {
    let isNew = status.withLock { status in
      let old = status
      change(&status)
      return status != old
    }
    if isNew { changed.yield() }
  }

  func intake(_ intake: DaemonStatus.Intake) { update { $0.intake = intake } }

  func countOverflow() { update { $0.totals.overflows += 1 } }

  func countScan() { update { $0.totals.scans += 1 } }
}
