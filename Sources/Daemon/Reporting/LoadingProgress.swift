// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix
internal import Synchronization

/// How far the loading of the index got, noted by the tasks that load its parts.
final class LoadingProgress: Sendable {
  /// Between two messages, in nanoseconds.
  private static let interval: UInt64 = 500_000_000

  private struct State {
    /// Documents done, by part.
    var done: [Int]
    var lastTold: UInt64?
  }

  private let state: Mutex<State>
  private let tell: @Sendable (Int) -> Void

  /// - Parameter tell: called at once and then twice a second, from any task, with the number of
  ///   documents that all parts have done.
  init(parts: Int, tell: @escaping @Sendable (Int) -> Void) {
    state = Mutex(State(done: Array(repeating: 0, count: parts)))
    self.tell = tell
  }

  /// - Parameter now: nanoseconds of the monotonic clock.
  func note(_ done: Int, of part: Int, now: UInt64 = Clocks.monotonic()) {
    let told = state.withLock { state -> Int? in
      state.done[part] = done
      if let last = state.lastTold, now < last + Self.interval { return nil }
      state.lastTold = now
      return state.done.min()
    }
    if let told { tell(told) }
  }
}
