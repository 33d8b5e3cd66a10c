// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import CoreMetrics
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct MetricRegistryTests {
  private let family = MetricFamily("things", .counter, "Things seen.")

  @Test func theSameLabelAndDimensionsAreTheSameSeries() {
    let registry = MetricRegistry()
    Counter(label: "things", factory: registry).increment()
    Counter(label: "things", factory: registry).increment(by: 2)
    let series = registry.series(of: family)
    #expect(series.count == 1)
    guard case .counter(let counter)? = series.first?.series else {
      Issue.record("not a counter")
      return
    }
    #expect(counter.value == 3)
  }

  @Test func seriesAreSortedByTheirLabels() {
    let registry = MetricRegistry()
    for kind in ["b", "c", "a"] {
      Counter(label: "things", dimensions: [("kind", kind)], factory: registry).increment()
    }
    #expect(registry.series(of: family).map { $0.labels[0].value } == ["a", "b", "c"])
  }

  @Test func whatIsDestroyedIsGone() {
    let registry = MetricRegistry()
    let counter = Counter(label: "things", factory: registry)
    counter.increment()
    counter.destroy()
    #expect(registry.series(of: family).isEmpty)
  }

  @Test func aCounterNeverGoesBack() {
    let counter = CounterSeries()
    counter.increment(by: 4)
    counter.increment(by: -3)
    #expect(counter.value == 4)
  }

  @Test func nothingIsLostBetweenTasks() async {
    let counter = CounterSeries()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { for _ in 0..<1_000 { counter.increment(by: 1) } } }
    }
    #expect(counter.value == 8_000)
  }
}
