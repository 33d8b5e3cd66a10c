// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct RestoredCollectionTests {
  /// The law: stopping and starting at any point changes no later record.
  @Test(arguments: 0..<3 as Range<UInt64>)
  func aRestartChangesNoLaterDecision(seed: UInt64) throws {
    let outcomes = try DocumentRegisterTests().randomOutcomes(seed: seed &+ 100, count: 90)
    let whole = try RegisterScene()
    let expected = try whole.run(outcomes, on: try whole.openStore(), batch: 8)
    for cut in [1, 30, 61] {
      let scene = try RegisterScene()
      var lines: [ClusterLogLine] = []
      for part in [outcomes[..<cut], outcomes[cut...]] {
        let store = try scene.openStore()
        lines += try scene.run(Array(part), on: store, batch: 8)
        try store.close()
      }
      #expect(lines == expected, "cut at \(cut)")
    }
  }

  @Test func aRestartAfterEachDocumentChangesNothingEither() throws {
    let outcomes = try DocumentRegisterTests().randomOutcomes(seed: 7, count: 40)
    let whole = try RegisterScene()
    let expected = try whole.run(outcomes, on: try whole.openStore())
    let scene = try RegisterScene()
    var lines: [ClusterLogLine] = []
    for outcome in outcomes {
      let store = try scene.openStore()
      lines += try scene.run([outcome], on: store)
      try store.close()
    }
    #expect(lines == expected)
  }

  /// Two clusters that a third document joins are one after a restart as well.
  @Test func mergedClustersStayMerged() throws {
    let scene = try RegisterScene()
    let (left, right) = (scene.article(1), scene.article(2))
    let outcomes = [
      scene.document("a", left), scene.document("b", right),
      scene.document("c", left + "\n\n" + right), scene.document("d", scene.copy(of: 2)),
    ]
    let together = try scene.run(outcomes, on: try scene.openStore())
    let other = try RegisterScene()
    var lines: [ClusterLogLine] = []
    for part in [outcomes[..<3], outcomes[3...]] {
      let store = try other.openStore()
      lines += try other.run(Array(part), on: store)
      try store.close()
    }
    #expect(lines == together)
  }

  @Test func countsComeBack() throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    try scene.run(
      [
        scene.document("a", scene.article(1)), scene.document("b", scene.copy(of: 1)),
        scene.document("c", scene.article(1)), scene.document("d", scene.article(2)),
      ], on: store)
    let register = try scene.makeRegister(store)
    let (counts, last) = (register.counts, register.lastSequence)
    #expect(counts.documents == 4)
    #expect(counts.clusters == 2)
    #expect(counts.assigned == 0)
    #expect(last == 4)
  }
}
