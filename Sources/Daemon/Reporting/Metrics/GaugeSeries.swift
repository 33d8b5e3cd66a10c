// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import CoreMetrics
internal import Synchronization

/// A number that goes up and down, with one set of labels; absent until it is set.
final class GaugeSeries: MeterHandler, RecorderHandler {
  private let latest = Mutex<Double?>(nil)

  var value: Double? { latest.withLock { $0 } }

  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { latest.withLock { $0 = value } }
  func increment(by amount: Double) { latest.withLock { $0 = ($0 ?? 0) + amount } }
  func decrement(by amount: Double) { increment(by: -amount) }
  func record(_ value: Int64) { set(value) }
  func record(_ value: Double) { set(value) }
}
