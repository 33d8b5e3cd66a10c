// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import CoreMetrics
internal import Synchronization

/// The backend of swift-metrics that keeps the numbers in memory until they are written.
///
/// Handed to the daemon as an instance: nothing is bootstrapped for the whole process. The same
/// label and dimensions always mean the same series.
final class MetricRegistry: MetricsFactory {
  struct Key: Hashable, Sendable {
    var name: String
    var labels: [Label]
  }

  struct Label: Hashable, Sendable {
    var name: String
    var value: String
  }

  enum Series: Sendable {
    case counter(CounterSeries)
    case gauge(GaugeSeries)
    case histogram(HistogramSeries)
  }

  private let series = Mutex<[Key: Series]>([:])

  /// All series of a family, in the order of their labels.
  func series(of family: MetricFamily) -> [(labels: [Label], series: Series)] {
    let found = series.withLock { all in all.filter { $0.key.name == family.name } }
    return found.map { ($0.key.labels, $0.value) }.sorted { left, right in
      left.labels.lexicographicallyPrecedes(right.labels) {
        ($0.name, $0.value) < ($1.name, $1.value)
      }
    }
  }

  // MARK: MetricsFactory

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    let key = Self.key(label, dimensions)
    return series.withLock { all in
      if case .counter(let known) = all[key] { return known }
      let new = CounterSeries()
      all[key] = .counter(new)
      return new
    }
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    gauge(Self.key(label, dimensions))
  }

  func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    let key = Self.key(label, dimensions)
    return aggregate ? histogram(key) : gauge(key)
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(Self.key(label, dimensions))
  }

  func destroyCounter(_ handler: any CounterHandler) { remove { $0 === handler } }
  func destroyMeter(_ handler: any MeterHandler) { remove { $0 === handler } }
  func destroyRecorder(_ handler: any RecorderHandler) { remove { $0 === handler } }
  func destroyTimer(_ handler: any TimerHandler) { remove { $0 === handler } }

  private func gauge(_ key: Key) -> GaugeSeries {
    series.withLock { all in
      if case .gauge(let known) = all[key] { return known }
      let new = GaugeSeries()
      all[key] = .gauge(new)
      return new
    }
  }

  private func histogram(_ key: Key) -> HistogramSeries {
    series.withLock { all in
      if case .histogram(let known) = all[key] { return known }
      let new = HistogramSeries()
      all[key] = .histogram(new)
      return new
    }
  }

  private func remove(_ isIt: (AnyObject) -> Bool) {
    series.withLock { all in
      let keys = all.filter { _, series in
        switch series {
        case .counter(let one): isIt(one)
        case .gauge(let one): isIt(one)
        case .histogram(let one): isIt(one)
        }
      }.keys
      for key in keys { all[key] = nil }
    }
  }

  private static func key(_ label: String, _ dimensions: [(String, String)]) -> Key {
    Key(name: label, labels: dimensions.map { Label(name: $0.0, value: $0.1) })
  }
}
