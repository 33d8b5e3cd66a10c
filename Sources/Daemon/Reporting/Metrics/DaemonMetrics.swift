// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Control
internal import CoreMetrics
internal import Settings
internal import Synchronization

/// The daemon's instruments: what the tasks count as they go, and what is read off when written.
///
/// Through swift-metrics, on a registry of its own. Durations are kept a second time as they are,
/// the last of them only, for the percentiles of `neardup status`.
final class DaemonMetrics: Sendable {
  let registry = MetricRegistry()
  let queueWaits = RecentDurations()
  let commits = RecentDurations()
  let rate = RecentRate()

  private let documents: [Relation: Counter]
  private let skipped: [SkipReason: Counter]
  private let queueWait: Timer
  private let commit: Timer
  private let lastEvent: Meter
  /// What the counters that are read off the status have been told already.
  private let told = Mutex(DaemonStatus.Totals())

  init() {
    let registry = registry
    // From the first write on every relation and reason is there, so that a rate can be taken.
    documents = Dictionary(
      uniqueKeysWithValues: Relation.allCases.map {
        ($0, Self.counter(.documents, registry, ("relation", $0.rawValue)))
      })
    skipped = Dictionary(
      uniqueKeysWithValues: SkipReason.allCases.map {
        ($0, Self.counter(.skipped, registry, ("reason", $0.rawValue)))
      })
    queueWait = Timer(label: MetricFamily.queueWait.name, factory: registry)
    commit = Timer(label: MetricFamily.commit.name, factory: registry)
    lastEvent = Meter(label: MetricFamily.lastEvent.name, factory: registry)
    Self.set(.buildInfo, registry, 1, ("version", Version.current))
  }

  // MARK: Counted as it happens

  func count(_ relation: Relation) { documents[relation]?.increment() }

  func count(_ reason: SkipReason) { skipped[reason]?.increment() }

  /// - Parameters:
  ///   - arrivals: when the files of the batch arrived, nanoseconds on the monotonic clock.
  ///   - started: when the writing began, on the same clock.
  func committed(arrivals: [UInt64], started: UInt64, now: UInt64, wall: Int64) {
    for arrival in arrivals {
      queueWait.recordNanoseconds(Int64(now - min(now, arrival)))
    }
    commit.recordNanoseconds(Int64(now - min(now, started)))
    queueWaits.record(arrivals.map { now - min(now, $0) })
    commits.record([now - min(now, started)])
    rate.count(arrivals.count, now: now)
    lastEvent.set(Double(wall / 1_000_000) / 1_000)
  }

  // MARK: Read off

  func total(_ relation: Relation) -> Int { total(.documents, relation.rawValue) }

  func total(_ reason: SkipReason) -> Int { total(.skipped, reason.rawValue) }

  private func total(_ family: MetricFamily, _ value: String) -> Int {
    let found = registry.series(of: family).first { $0.labels.contains { $0.value == value } }
    guard case .counter(let counter)? = found?.series else { return 0 }
    return Int(counter.value)
  }

  /// Brings what other tasks count into the registry, and answers the whole as text.
  ///
  /// - Parameter settings: tell the format and the label; where the text goes is not looked at.
  func text(
    _ status: DaemonStatus, load: Pipeline.Load, as settings: DaemonConfiguration.Metrics = .init()
  ) -> String {
    count(status.totals)
    set(.clusters, status.totals.clusters)
    if let stories = status.totals.stories { set(.stories, stories) }
    set(.collectionDocuments, status.totals.documents)
    set(.backlog, status.intake.backlog)
    set(.inFlightFiles, load.documents)
    set(.inFlightBytes, load.bytes)
    set(.indexBytes, status.indexBytes)
    set(.watches, status.intake.watches)
    set(.writeTrouble, status.trouble == nil ? 0 : 1)
    for place in status.intake.places {
      for mode in ["watching", "polling", "missing", "hanging"] {
        Self.set(
          .dropDirectoryMode, registry, place.mode.name == mode ? 1 : 0, ("path", place.path),
          ("mode", mode))
      }
    }
    return MetricsText(
      MetricFamily.all, from: registry, format: settings.format, name: settings.name
    ).text
  }

  private func count(_ totals: DaemonStatus.Totals) {
    told.withLock { told in
      let grown: [(MetricFamily, Int)] = [
        (.merges, totals.merges - told.merges), (.moves, totals.moves - told.moves),
        (.storyMerges, totals.storyMerges - told.storyMerges),
        (.storyMoves, totals.storyMoves - told.storyMoves),
        (.overflows, totals.overflows - told.overflows), (.scans, totals.scans - told.scans),
      ]
      for (family, amount) in grown { Self.counter(family, registry).increment(by: amount) }
      told = totals
    }
  }

  private func set(_ family: MetricFamily, _ value: Int) { Self.set(family, registry, value) }

  private static func set(
    _ family: MetricFamily, _ registry: MetricRegistry, _ value: Int,
    _ dimensions: (String, String)...
  ) {
    Meter(label: family.name, dimensions: dimensions, factory: registry).set(value)
  }

  private static func counter(
    _ family: MetricFamily, _ registry: MetricRegistry, _ dimensions: (String, String)...
  ) -> Counter {
    Counter(label: family.name, dimensions: dimensions, factory: registry)
  }
}
