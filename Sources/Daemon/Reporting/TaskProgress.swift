// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// Whether the deciding or the committing task gets on: what the watchdog asks before it says that
/// all is well.
///
/// Idle is well; busy is well as long as a beat comes now and then. A task that hangs in a write
/// to a frozen file system gives none.
final class TaskProgress: Sendable {
  private struct State {
    var isBusy = false
    var lastBeat: UInt64 = 0
  }

  private let state = Mutex(State())

  /// Work began or got on; nanoseconds on the monotonic clock.
  func beat(now: UInt64) { state.withLock { $0 = State(isBusy: true, lastBeat: now) } }

  func idle() { state.withLock { $0.isBusy = false } }

  /// - Parameter patience: nanoseconds without a beat after which a busy task counts as hung.
  func isAlive(now: UInt64, patience: UInt64) -> Bool {
    state.withLock { !$0.isBusy || now - min(now, $0.lastBeat) < patience }
  }
}
