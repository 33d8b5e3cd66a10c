// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import CoreMetrics
import Testing

@testable import Daemon
@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct MetricsTextTests {
  @Test func aCounterIsWrittenWithItsEnding() {
    let registry = MetricRegistry()
    let family = MetricFamily("things", .counter, "Things seen.")
    Counter(label: "things", dimensions: [("kind", "a")], factory: registry).increment(by: 3)
    #expect(
      MetricsText([family], from: registry, format: .openmetrics).text == """
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
      MetricsText([family], from: registry, format: .openmetrics).text == """
        # TYPE room_bytes gauge
        # UNIT room_bytes bytes
        # HELP room_bytes Room left.
        room_bytes 1.5
        # EOF

        """)
  }

  @Test func theFormatOfPrometheusNamesACounterAsItsSamples() {
    let registry = MetricRegistry()
    let things = MetricFamily("things", .counter, "Things seen.")
    let room = MetricFamily("room", .gauge, unit: "bytes", "Room left.")
    Counter(label: things.name, factory: registry).increment(by: 3)
    Meter(label: room.name, dimensions: [("disk", "a")], factory: registry).set(1.5)
    #expect(
      MetricsText([things, room], from: registry, name: "acme \"1\"").text == """
        # TYPE things_total counter
        # HELP things_total Things seen.
        things_total{daemon="acme \\"1\\""} 3
        # TYPE room_bytes gauge
        # HELP room_bytes Room left.
        room_bytes{daemon="acme \\"1\\"",disk="a"} 1.5

        """)
  }

  @Test func bucketsAreCumulative() throws {
    let registry = MetricRegistry()
    let family = MetricFamily("wait", .histogram, unit: "seconds", "Waits.")
    let timer = Timer(label: family.name, factory: registry)
    for milliseconds in [1, 15, 15, 400, 90_000] { timer.recordMilliseconds(milliseconds) }
    let text = MetricsText([family], from: registry, format: .openmetrics).text
    let lines = try OpenMetricsLines(text)
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
    let text = MetricsText([family], from: registry, format: .openmetrics).text
    #expect(text.contains("place{path=\"a\\\\b\\\"c\\nd é\"} 1\n"))
  }

  @Test func whatWasNeverSetIsAbsent() {
    let registry = MetricRegistry()
    let family = MetricFamily("room", .gauge, "Room left.")
    _ = Meter(label: "room", factory: registry)
    let text = MetricsText([family], from: registry, format: .openmetrics).text
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
