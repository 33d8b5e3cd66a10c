// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// The last 1,024 durations as they were: what percentiles are taken of.
///
/// A histogram tells of all time and in steps; who asks for the status wants to know of now.
final class RecentDurations: Sendable {
  static let limit = 1_024

  private struct State {
    var durations: [UInt64] = []
    var next = 0
  }

  private let state = Mutex(State())

  /// Nanoseconds, the oldest first.
  func record(_ durations: [UInt64]) {
    state.withLock { state in
      for duration in durations.suffix(Self.limit) {
        if state.durations.count < Self.limit {
          state.durations.append(duration)
        } else {
          state.durations[state.next] = duration
        }
        state.next = (state.next + 1) % Self.limit
      }
    }
  }

  /// The durations that the given parts of all are at or below (nearest rank); nil without any.
  ///
  /// - Parameter parts: from 0 to 1.
  func percentiles(_ parts: [Double]) -> [UInt64]? {
    let sorted = state.withLock { $0.durations }.sorted()
    guard !sorted.isEmpty else { return nil }
    return parts.map { part in
      let rank = Int((part * Double(sorted.count)).rounded(.up))
      return sorted[min(max(rank, 1), sorted.count) - 1]
    }
  }
}
