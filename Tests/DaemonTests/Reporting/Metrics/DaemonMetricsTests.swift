// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Control
import ClusterLog
import TestSupport
import Testing

@testable import Daemon
@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct DaemonMetricsTests {
  private func sample(_ format: DaemonConfiguration.Metrics.Format = .openmetrics) -> String {
    let metrics = DaemonMetrics()
    metrics.count(.first)
    metrics.count(.near)
    metrics.count(.near)
    metrics.count(.tooShort)
    let second: UInt64 = 1_000_000_000
    metrics.committed(
      arrivals: [second, second * 2], started: second * 3, now: second * 4,
      wall: 1_700_000_000_123_456_789)
    return metrics.text(
      status, load: Pipeline.Load(documents: 3, bytes: 4_096), as: .init(format: format))
  }

  private var status: DaemonStatus {
    var status = DaemonStatus()
    status.intake.backlog = 17
    status.intake.watches = 2
    status.intake.places = [
      .init(path: "/srv/wire \"a\"\\b", mode: .watching),
      .init(path: "/srv/web", mode: .missing(reason: "No such file or directory")),
    ]
    status.totals.documents = 1_000
    status.totals.clusters = 400
    status.totals.stories = 300
    status.totals.storyMerges = 3
    status.totals.merges = 5
    status.totals.scans = 2
    status.indexBytes = 1 << 20
    return status
  }

  @Test func troubleShowsAsLongAsItLasts() throws {
    let metrics = DaemonMetrics()
    var status = status
    for trouble: String? in ["cannot write /log: no room", nil] {
      status.trouble = trouble
      let text = metrics.text(status, load: Pipeline.Load(documents: 0, bytes: 0))
      #expect(text.contains("\nneardupd_write_trouble \(trouble == nil ? 0 : 1)\n"))
    }
  }

  @Test func everythingIsThereAndWellFormed() throws {
    let lines = try OpenMetricsLines(sample())
    #expect(Set(lines.kinds.keys) == Set(MetricFamily.all.map(\.name)))
    let expected: [String: Double] = [
      "neardupd_documents_total{relation=\"first\"}": 1,
      "neardupd_documents_total{relation=\"near\"}": 2,
      "neardupd_documents_total{relation=\"identical\"}": 0,
      "neardupd_skipped_total{reason=\"too-short\"}": 1,
      "neardupd_skipped_total{reason=\"binary\"}": 0,
      "neardupd_merges_total": 5, "neardupd_moves_total": 0, "neardupd_overflows_total": 0,
      "neardupd_scans_total": 2, "neardupd_clusters": 400, "neardupd_stories": 300,
      "neardupd_story_merges_total": 3, "neardupd_story_moves_total": 0,
      "neardupd_collection_documents": 1_000, "neardupd_backlog_files": 17,
      "neardupd_in_flight_files": 3, "neardupd_in_flight_bytes": 4_096,
      "neardupd_write_trouble": 0,
      "neardupd_index_bytes": 1_048_576, "neardupd_watches": 2,
      "neardupd_drop_directory_mode{path=\"/srv/web\",mode=\"missing\"}": 1,
      "neardupd_drop_directory_mode{path=\"/srv/web\",mode=\"watching\"}": 0,
      "neardupd_drop_directory_mode{path=\"/srv/wire \\\"a\\\"\\\\b\",mode=\"watching\"}": 1,
      "neardupd_last_event_timestamp_seconds": 1_700_000_000.123,
      "neardupd_queue_wait_seconds_count": 2, "neardupd_queue_wait_seconds_sum": 5,
      "neardupd_commit_seconds_count": 1, "neardupd_commit_seconds_sum": 1,
      "neardupd_build_info{version=\"\(Version.current)\"}": 1,
    ]
    for (name, value) in expected { #expect(lines.samples[name] == value, "\(name)") }
  }

  @Test func countersOfOtherTasksGrowByTheDifference() throws {
    let metrics = DaemonMetrics()
    var status = status
    let load = Pipeline.Load(documents: 0, bytes: 0)
    _ = metrics.text(status, load: load)
    status.totals.merges = 9
    let text = metrics.text(status, load: load, as: .init(format: .openmetrics))
    let lines = try OpenMetricsLines(text)
    #expect(lines.samples["neardupd_merges_total"] == 9)
    #expect(lines.samples["neardupd_scans_total"] == 2)
  }

  @Test(
    "the parsers of prometheus_client read the two formats alike",
    .enabled(if: PrometheusClient.isThere, "python3 has no prometheus_client"))
  func parser() throws {
    let found = try PrometheusClient.parse(
      openMetrics: sample(.openmetrics), prometheus: sample(.prometheus))
    #expect(found.contains("counter neardupd_documents 3"))
    #expect(found.contains("counter neardupd_skipped \(SkipReason.allCases.count)"))
    #expect(found.contains("gauge neardupd_drop_directory_mode 8"))
    #expect(found.contains("histogram neardupd_commit_seconds 19"))
  }

  @Test(
    "promtool has nothing to say of the format of Prometheus",
    .enabled(if: Promtool.isThere, "needs promtool"))
  func promtool() throws {
    #expect(try Promtool.check(metrics: sample(.prometheus)) == "")
  }
}
