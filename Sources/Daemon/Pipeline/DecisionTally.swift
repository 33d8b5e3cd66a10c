// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Posix
internal import StateStore

/// What became of the files of one batch, counted as their outcomes pass.
///
/// Told only when the batch is committed: what could not be written has not happened.
struct DecisionTally {
  private(set) var relations: [Relation] = []
  private(set) var reasons: [SkipReason] = []
  private(set) var arrivals: [UInt64] = []

  /// - Parameters:
  ///   - counts: the register's counts with the outcome, after those without it.
  ///   - latest: the document that was registered last.
  mutating func take(
    _ outcome: FileOutcome, _ counts: DaemonStatus.Totals, _ before: DaemonStatus.Totals,
    latest: StoredDocument?
  ) {
    if counts.assigned > before.assigned, let latest {
      relations.append(Self.relation(latest))
    } else if counts.skipped > before.skipped, case .skipped(let reason, _) = outcome.result {
      reasons.append(reason)
    } else {
      return
    }
    arrivals.append(outcome.arrived)
  }

  /// A cluster is named after its first document.
  private static func relation(_ document: StoredDocument) -> Relation {
    if document.identicalTo != nil { return .identical }
    return document.cluster == document.document ? .first : .near
  }

  /// - Parameter started: when the batch began to be written, on the monotonic clock.
  func report(to metrics: DaemonMetrics, started: UInt64) {
    if arrivals.isEmpty { return }
    for relation in relations { metrics.count(relation) }
    for reason in reasons { metrics.count(reason) }
    metrics.committed(
      arrivals: arrivals, started: started, now: Clocks.monotonic(), wall: Clocks.wall())
  }
}
