// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Control
internal import Glibc
internal import Logging
internal import Posix
internal import Settings
internal import Systemd

/// Puts together what the tasks publish into one report.
struct StatusComposer: Sendable {
  let board: StatusBoard
  let metrics: DaemonMetrics
  let inForce: ConfigurationInForce
  let problems: RecentProblem
  /// On the monotonic clock, nanoseconds.
  let started: UInt64
  /// What the pipeline holds, once there is one.
  let load: PipelineLoad

  func report() -> StatusReport {
    let now = Clocks.monotonic()
    let status = board.now
    let loaded = inForce.now
    let load = load.now
    var text = StatusText()
    return StatusReport(
      version: Version.current, process: getpid(),
      uptimeSeconds: Double(now - started) / 1e9, phase: status.phase.name,
      summary: text.line(status, now: now),
      stateDirectory: loaded.configuration.state.directory,
      clusterLog: loaded.configuration.log.path,
      directories: status.intake.places.map {
        .init(path: $0.path, mode: $0.mode.name, reason: $0.mode.reason ?? $0.blindness)
      },
      collection: .init(
        documents: status.totals.documents, clusters: status.totals.clusters,
        stories: status.totals.stories),
      sinceStart: sinceStart(status.totals),
      queue: .init(
        backlogFiles: status.intake.backlog, inFlightFiles: load.documents,
        inFlightBytes: load.bytes, isScanning: status.intake.isScanning,
        watches: status.intake.watches),
      rate: .init(
        lastTenSeconds: metrics.rate.perSecond(over: 10, now: now),
        lastMinute: metrics.rate.perSecond(over: 59, now: now)),
      latency: .init(
        queueWait: Self.percentiles(metrics.queueWaits),
        commit: Self.percentiles(metrics.commits)),
      memory: memory(status), trouble: status.trouble, lastProblem: problem(),
      configuration: loaded.settings)
  }

  private func sinceStart(_ totals: DaemonStatus.Totals) -> StatusReport.SinceStart {
    .init(
      assigned: Dictionary(
        uniqueKeysWithValues: Relation.allCases.map { ($0.rawValue, metrics.total($0)) }),
      skipped: Dictionary(
        uniqueKeysWithValues: SkipReason.allCases.map { ($0.rawValue, metrics.total($0)) }
      ).filter { $0.value > 0 },
      merges: totals.merges, moves: totals.moves, storyMerges: totals.storyMerges,
      storyMoves: totals.storyMoves, overflows: totals.overflows, scans: totals.scans)
  }

  private func memory(_ status: DaemonStatus) -> StatusReport.Memory {
    let used = ProcessMemory.now()
    return .init(
      resident: used?.resident ?? 0, peak: used?.peak ?? 0, index: status.indexBytes)
  }

  private func problem() -> StatusReport.Problem? {
    guard let latest = problems.latest else { return nil }
    let ago = Double(Clocks.wall()) / 1e9 - latest.time / .seconds(1)
    return .init(level: latest.level.rawValue, text: latest.text, secondsAgo: max(0, ago))
  }

  private static func percentiles(_ durations: RecentDurations) -> StatusReport.Percentiles? {
    guard let found = durations.percentiles([0.5, 0.9, 0.99, 1]) else { return nil }
    let seconds = found.map { Double($0) / 1e9 }
    return .init(
      median: seconds[0], ninety: seconds[1], ninetyNine: seconds[2], longest: seconds[3])
  }
}

extension DaemonStatus.Phase {
  /// One word.
  var name: String {
    switch self {
    case .starting: "starting"
    case .loading: "loading"
    case .running: "running"
    case .stopping: "stopping"
    }
  }
}

extension LoadedConfiguration {
  /// Every key with its value and where that came from.
  var settings: [StatusReport.Setting] {
    ConfigurationKey.all.map { key in
      .init(
        key: key.path, value: key.render(configuration), origin: "\(origin(of: key.path))")
    }
  }
}
