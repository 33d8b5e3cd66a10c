// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// How many files were committed in each of the last sixty seconds.
final class RecentRate: Sendable {
  static let window = 60

  private struct State {
    /// The second that each place counts, and how many.
    var seconds = [UInt64](repeating: 0, count: RecentRate.window)
    var counts = [Int](repeating: 0, count: RecentRate.window)
  }

  private let state = Mutex(State())

  /// - Parameter now: nanoseconds on the monotonic clock.
  func count(_ files: Int, now: UInt64) {
    let second = now / 1_000_000_000
    let place = Int(second % UInt64(Self.window))
    state.withLock { state in
      if state.seconds[place] != second {
        state.seconds[place] = second
        state.counts[place] = 0
      }
      state.counts[place] += files
    }
  }

  /// Files per second over the last whole seconds, at most sixty of them.
  func perSecond(over seconds: Int, now: UInt64) -> Double {
    let second = now / 1_000_000_000
    let length = UInt64(min(max(seconds, 1), Self.window - 1))
    let wanted = (second - min(second, length))..<second
    let total = state.withLock { state in
      zip(state.seconds, state.counts).reduce(0) { $0 + (wanted.contains($1.0) ? $1.1 : 0) }
    }
    return Double(total) / Double(length)
  }
}
