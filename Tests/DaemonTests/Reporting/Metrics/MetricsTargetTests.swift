// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon
@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct MetricsTargetTests {
  private func settings(
    _ textfile: String?, _ format: DaemonConfiguration.Metrics.Format = .prometheus
  ) -> DaemonConfiguration.Metrics {
    DaemonConfiguration.Metrics(textfile: textfile, format: format)
  }

  @Test func aNewPathLeavesTheOldFileToBeRemoved() {
    let target = MetricsTarget(settings("/a"))
    target.set(settings("/b"))
    #expect(target.take() == (settings("/b"), ["/a"]))
    #expect(target.take() == (settings("/b"), []))
    target.set(settings(nil))
    #expect(target.take() == (settings(nil), ["/b"]))
  }

  @Test func whatIsWrittenAgainIsNotRemoved() {
    let target = MetricsTarget(settings("/a"))
    target.set(settings(nil))
    target.set(settings("/a"))
    #expect(target.take() == (settings("/a"), []))
  }

  @Test func anotherFormatGoesIntoTheSameFile() {
    let target = MetricsTarget(settings("/a"))
    target.set(settings("/a", .openmetrics))
    #expect(target.take() == (settings("/a", .openmetrics), []))
  }

  @Test func aFailureIsNewsOnce() {
    let target = MetricsTarget(settings("/a"))
    #expect(target.isNews(failed: true))
    #expect(!target.isNews(failed: true))
    #expect(target.isNews(failed: false))
    #expect(!target.isNews(failed: false))
    #expect(target.isNews(failed: true))
    target.set(settings("/b"))
    #expect(target.isNews(failed: true), "another path is another matter")
  }
}
