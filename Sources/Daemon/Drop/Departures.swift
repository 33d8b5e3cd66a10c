// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix
internal import Synchronization

/// A recorded file that is to leave its drop directory.
struct LeavingFile: Sendable {
  var key: DroppedFile
  /// As it was recorded.
  var identity: FileIdentity
  var signs: WritingSigns
  /// Not to be moved before this, on the monotonic clock.
  var notBefore: UInt64 = 0
  /// How often it was found open.
  var attempts = 0

  init(_ key: DroppedFile, _ identity: FileIdentity, _ signs: WritingSigns) {
    (self.key, self.identity, self.signs) = (key, identity, signs)
  }
}

/// Recorded files on their way from the committing task to the one that moves them.
///
/// Moving waits for nobody and keeps nobody waiting: a target that hangs must not hold up records.
final class Departures: Sendable {
  /// Beyond that files stay until the next scan comes by them, some ten megabytes.
  static let limit = 65_536

  private struct State {
    var files: [LeavingFile] = []
    var isFinished = false
    var wasFull = false
  }

  private let state = Mutex(State())
  private let arrivals = MonotonicSemaphore()

  func add(_ files: [LeavingFile]) {
    if files.isEmpty { return }
    state.withLock { state in
      let room = Self.limit - state.files.count
      state.files += files.prefix(max(0, room))
      if files.count > room { state.wasFull = true }
    }
    arrivals.signal()
  }

  /// There will be no more.
  func finish() {
    state.withLock { $0.isFinished = true }
    arrivals.signal()
  }

  /// What has come, after a wait of at most `timeout` nanoseconds, nil to wait for ever; whether
  /// that was all; and whether some had to be left behind since the last time.
  func take(timeout: UInt64?) -> (files: [LeavingFile], isLast: Bool, wasFull: Bool) {
    arrivals.wait(timeout: timeout)
    return state.withLock { state in
      let taken = (state.files, state.isFinished, state.wasFull)
      state.files = []
      state.wasFull = false
      return taken
    }
  }
}
