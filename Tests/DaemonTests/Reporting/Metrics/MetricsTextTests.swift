// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import CoreMetrics
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct OpenMetricsTextTests {
  @Test func aCounterIsWrittenWithItsEnding() {
    let registry = MetricRegistry()
    let family = MetricFamily("things", .counter, "Things seen.")
    Counter(label: "things", dimensions: [("kind", "a")], factory: registry).increment(by: 3)
    #expect(
      OpenMetricsText([family], from: registry).text == """
        # TYPE things counter
        # HELP things Things seen.
        things_total{kind="a"} 3
        # EOF

        """)
  }

  @Test func aUnitEndsTheName() {
    let registry = MetricRegistry()
    let family = MetricFamily("room", .gauge, unit: "bytes", "Room left.")
    Meter(label: family.name, factory: registry).set(1.5)
    #expect(
      OpenMetricsText([family], from: registry).text == """
        # TYPE room_bytes gauge
        # UNIT room_bytes bytes
        # HELP room_bytes Room left.
        room_bytes 1.5
        # EOF

        """)
  }

  @Test func bucketsAreCumulative() throws {
    let registry = MetricRegistry()
    let family = MetricFamily("wait", .histogram, unit: "seconds", "Waits.")
    let timer = Timer(label: family.name, factory: registry)
    for milliseconds in [1, 15, 15, 400, 90_000] { timer.recordMilliseconds(milliseconds) }
    let lines = try OpenMetricsLines(OpenMetricsText([family], from: registry).text)
    #expect(lines.samples["wait_seconds_bucket{le=\"0.0005\"}"] == 0)
    #expect(lines.samples["wait_seconds_bucket{le=\"0.001\"}"] == 1, "a bound is inclusive")
    #expect(lines.samples["wait_seconds_bucket{le=\"0.02\"}"] == 3)
    #expect(lines.samples["wait_seconds_bucket{le=\"60.0\"}"] == 4)
    #expect(lines.samples["wait_seconds_bucket{le=\"+Inf\"}"] == 5)
    let sum = try #require(lines.samples["wait_seconds_sum"])
    #expect(abs(sum - 90.431) < 1e-6)
  }

  @Test func labelsAreEscaped() {
    let registry = MetricRegistry()
    let family = MetricFamily("place", .gauge, "Places.")
    let path = "a\\b\"c\nd é"
    Meter(label: "place", dimensions: [("path", path)], factory: registry).set(1)
    let text = OpenMetricsText([family], from: registry).text
    #expect(text.contains("place{path=\"a\\\\b\\\"c\\nd é\"} 1\n"))
  }

  @Test func whatWasNeverSetIsAbsent() {
    let registry = MetricRegistry()
    let family = MetricFamily("room", .gauge, "Room left.")
    _ = Meter(label: "room", factory: registry)
    let text = OpenMetricsText([family], from: registry).text
    #expect(!text.contains("\nroom "))
  }

  /// node_exporter takes help texts as they are, OpenMetrics unescapes quotes as well.
  @Test(arguments: MetricFamily.all) func theTableKeepsToBothFormats(_ family: MetricFamily) {
    #expect(!family.help.contains { "\"\\\n".contains($0) })
    #expect(family.help.hasSuffix("."))
    #expect(family.name.hasPrefix("neardupd_"))
    #expect(!family.name.hasSuffix("_total"))
    #expect(MetricFamily.all.count { $0.name == family.name } == 1)
  }
}
