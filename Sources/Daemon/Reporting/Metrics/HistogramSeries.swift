// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import CoreMetrics
internal import Synchronization

/// How often durations fell below each of some bounds, with one set of labels.
final class HistogramSeries: TimerHandler, RecorderHandler {
  /// Upper bounds in seconds, the one beyond all of them left out.
  ///
  /// From a commit on a fast disk to what an administrator should look into, in steps of 1, 2, 5.
  static let bounds: [Double] = [
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0,
  ]

  struct Counts: Sendable, Equatable {
    /// Per bound and one for what is beyond; not cumulative.
    var buckets = [UInt64](repeating: 0, count: HistogramSeries.bounds.count + 1)
    /// Seconds.
    var sum = 0.0

    var total: UInt64 { buckets.reduce(0, +) }
  }

  private let state = Mutex(Counts())

  var counts: Counts { state.withLock { $0 } }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
  func record(_ value: Int64) { record(Double(value)) }

  /// - Parameter value: seconds; a value on a bound counts as below it ("le").
  func record(_ value: Double) {
    let place = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
    state.withLock {
      $0.buckets[place] += 1
      $0.sum += value
    }
  }
}
