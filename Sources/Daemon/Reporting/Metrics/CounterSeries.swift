// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import CoreMetrics
internal import Synchronization

/// A number that only grows, with one set of labels.
final class CounterSeries: CounterHandler {
  private let count = Atomic<Int64>(0)

  var value: Int64 { count.load(ordering: .relaxed) }

  func increment(by amount: Int64) {
    count.wrappingAdd(max(0, amount), ordering: .relaxed)
  }

  func reset() { count.store(0, ordering: .relaxed) }
}
