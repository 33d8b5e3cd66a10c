// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import TestSupport
import Testing

@testable import Daemon
@testable import NearDuplicates

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

  /// Counting again on two threads gives what one gives.
  @Test func twoThreadsCountAsOne() async throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    let outcomes = (0..<600).map { place in
      scene.document("\(place)", place % 4 == 3 ? scene.copy(of: place / 4) : scene.article(place))
    }
    try scene.run(outcomes, on: store, batch: 100)
    let files = RecordedFiles(reader: store.makeReader(), dropNumbers: [])
    let other = RecordedFiles(reader: try store.makeOwnReader(), dropNumbers: [])
    let history = try StateHistory(files.reader)
    let one = try RestoredCollection(history, files) { _ in }
    let two = try await RestoredCollection(history, (files, other), threshold: 0.5) { _ in }
    #expect(one.collection.clusterCount == two.collection.clusterCount)
    #expect(one.documentOfDigest == two.documentOfDigest)
    let lookup = DocumentLookup(recorded: files)
    var counts: Set<Int> = []
    for document in 1...UInt32(600) {
      let tokens = try lookup.tokens(of: document).tokens
      let weights = [UInt8](repeating: 0, count: tokens.count)
      for key in WeightedShingles(tokens, weights: weights, length: 2).keys {
        let count = one.collection.counts.count(key)
        #expect(two.collection.counts.count(key) == count)
        counts.insert(count)
      }
    }
    #expect(counts.count > 3, "there is something to be compared")
    other.reader.close()
  }

  @Test(arguments: [(1, 20), (4, 14), (10, 2), (11, 1), (100, 1)])
  func theFirstOfTheLastIsFound(count: Int, first: UInt32) throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    try scene.run((1...20).map { scene.document("\($0)", scene.article($0)) }, on: store)
    let history = try StateHistory(store.makeReader())
    #expect(try history.first(ofLast: count) { $0.document % 2 == 0 } == first)
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
