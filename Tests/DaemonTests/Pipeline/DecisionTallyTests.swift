// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import StateStore
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct DecisionTallyTests {
  private func outcome(_ result: FileOutcome.Result, arrived: UInt64 = 5) -> FileOutcome {
    var outcome = FileOutcome(
      key: DroppedFile(drop: 0, path: [0x61]), identity: nil, result: result, attempts: 0)
    outcome.arrived = arrived
    return outcome
  }

  private func document(_ number: UInt32, cluster: UInt32, identicalTo: UInt32?) -> StoredDocument {
    StoredDocument(
      document: number, drop: 0, path: [], bytes: 0, sha256: [], words: 0, cluster: cluster,
      identicalTo: identicalTo, replaces: nil, arrived: 0, sketch: [])
  }

  private func take(
    _ tally: inout DecisionTally, _ result: FileOutcome.Result, assigned: Int = 0,
    skipped: Int = 0, latest: StoredDocument? = nil
  ) {
    var after = DaemonStatus.Totals()
    after.assigned = assigned
    after.skipped = skipped
    tally.take(outcome(result), after, DaemonStatus.Totals(), latest: latest)
  }

  @Test(
    arguments: [
      (1, 1, nil, Relation.first), (7, 3, nil, .near), (7, 3, 4, .identical), (7, 7, 4, .identical),
    ] as [(UInt32, UInt32, UInt32?, Relation)])
  func theRelationIsReadOffTheRow(
    number: UInt32, cluster: UInt32, identicalTo: UInt32?, expected: Relation
  ) {
    var tally = DecisionTally()
    let row = document(number, cluster: cluster, identicalTo: identicalTo)
    take(&tally, .gone, assigned: 1, latest: row)
    #expect(tally.relations == [expected])
    #expect(tally.arrivals == [5])
  }

  @Test func whatWasToldBeforeDoesNotCount() {
    var tally = DecisionTally()
    take(&tally, .skipped(.binary, detail: ""))
    take(&tally, .unchanged)
    #expect(tally.reasons.isEmpty)
    #expect(tally.arrivals.isEmpty)
    take(&tally, .skipped(.binary, detail: ""), skipped: 1)
    #expect(tally.reasons == [.binary])
  }

  @Test func onlyABatchThatWroteSomethingIsMeasured() {
    let metrics = DaemonMetrics()
    var tally = DecisionTally()
    tally.report(to: metrics, started: 0)
    #expect(metrics.commits.percentiles([1]) == nil)
    take(&tally, .skipped(.empty, detail: ""), skipped: 1)
    tally.report(to: metrics, started: 0)
    #expect(metrics.total(.empty) == 1)
    #expect(metrics.commits.percentiles([1]) != nil)
  }
}
