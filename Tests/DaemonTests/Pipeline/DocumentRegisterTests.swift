// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import StateStore
import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct DocumentRegisterTests {
  private func cluster(_ line: ClusterLogLine) -> String? { line["cluster"]?.string }
  private func relation(_ line: ClusterLogLine) -> String? { line["relation"]?.string }

  @Test func newContentIsAssigned() throws {
    let scene = try RegisterScene()
    let lines = try scene.run(
      [scene.document("a", scene.article(1)), scene.document("b", scene.article(2))],
      on: try scene.openStore())
    #expect(lines.map(\.event) == ["assigned", "assigned"])
    #expect(lines.map(\.sequence) == [1, 2])
    #expect(lines.map(\.document) == [1, 2])
    #expect(lines.map(\.path) == ["a", "b"])
    #expect(lines.map(cluster) == ["c1", "c2"])
    #expect(lines.map(relation) == ["first", "first"])
    #expect(lines[0]["match"] == nil)
    #expect(lines[0]["replaces"] == nil)
    #expect(lines[0]["drop"] == nil)
  }

  @Test func aNearCopyNamesWhatItIsNearTo() throws {
    let scene = try RegisterScene()
    let lines = try scene.run(
      [scene.document("a", scene.article(1)), scene.document("b", scene.copy(of: 1))],
      on: try scene.openStore())
    #expect(relation(lines[1]) == "near")
    #expect(cluster(lines[1]) == "c1")
    #expect(lines[1]["match"]?["document"]?.integer == 1)
    #expect(lines[1]["match"]?["path"]?.string == "a")
    #expect((lines[1]["match"]?["containment"]?.number ?? 0) > 0.5)
  }

  @Test(arguments: [1, 3])
  func theSameBytesElsewhereAreIdentical(batch: Int) throws {
    let scene = try RegisterScene()
    let lines = try scene.run(
      [
        scene.document("a", scene.article(1)), scene.document("b", scene.article(1)),
        scene.document("c", scene.article(1)),
      ], on: try scene.openStore(), batch: batch)
    #expect(lines.map(relation) == ["first", "identical", "identical"])
    // Always the first one, not the one before.
    #expect(lines.map { $0["match"]?["document"]?.integer } == [nil, 1, 1])
    #expect(lines.map(cluster) == ["c1", "c1", "c1"])
  }

  @Test(arguments: [1, 4])
  func theSameContentUnderTheSameNameIsNotNewWork(batch: Int) throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    let lines = try scene.run(
      [
        scene.document("a", scene.article(1)),
        scene.document("a", scene.article(1), stamp: 2),
        scene.document("a", scene.article(1), stamp: 3, inode: 9),
      ], on: store, batch: batch)
    #expect(lines.count == 1)
    // But how the file looks now is remembered, so that it need not be read again.
    let file = try store.makeReader().knownFile(FileKey(drop: 1, path: Array("a".utf8)))
    #expect(file?.inode == 9)
    #expect(file?.modified == 3)
    #expect(file?.document == 1)
  }

  @Test(arguments: [1, 3])
  func otherContentUnderTheSameNameReplaces(batch: Int) throws {
    let scene = try RegisterScene()
    let lines = try scene.run(
      [
        scene.document("a", scene.article(1)),
        scene.document("a", scene.article(2), stamp: 2),
        // Back to what it was: a new version all the same.
        scene.document("a", scene.article(1), stamp: 3),
      ], on: try scene.openStore(), batch: batch)
    #expect(lines.map(\.document) == [1, 2, 3])
    #expect(lines.map { $0["replaces"]?.integer } == [nil, 1, 2])
    #expect(lines.map(relation) == ["first", "first", "identical"])
  }

  @Test(arguments: [1, 9])
  func aSkippedFileIsToldOncePerContentAndReason(batch: Int) throws {
    let scene = try RegisterScene()
    let lines = try scene.run(
      [
        scene.skipped("a", .binary), scene.skipped("a", .binary),
        // Permissions changed: not another content.
        scene.skipped("a", .binary, changed: 2),
        scene.skipped("a", .unreadable, changed: 2),
        // Touched, as far as anybody can tell.
        scene.skipped("a", .unreadable, stamp: 2, changed: 3),
        // Read, and so other content for all that is known.
        scene.skipped("a", .binary, stamp: 3, changed: 4),
        scene.skipped("b", .binary),
      ], on: try scene.openStore(), batch: batch)
    #expect(lines.map(\.path) == ["a", "a", "a", "b"])
    #expect(lines.map(\.reason) == ["binary", "unreadable", "binary", "binary"])
    #expect(lines.map(\.sequence) == [1, 2, 3, 4])
  }

  @Test func aSkippedFileThatBecomesReadableIsAssigned() throws {
    let scene = try RegisterScene()
    let lines = try scene.run(
      [scene.skipped("a", .unreadable), scene.document("a", scene.article(1))],
      on: try scene.openStore(), batch: 2)
    #expect(lines.map(\.event) == ["skipped", "assigned"])
    #expect(lines[1]["replaces"] == nil)
  }

  @Test func whatCannotBeLookedAtIsToldEachTime() throws {
    let scene = try RegisterScene()
    let lines = try scene.run(
      [scene.skipped("a", .vanished, stamp: nil), scene.skipped("a", .vanished, stamp: nil)],
      on: try scene.openStore())
    #expect(lines.map(\.sequence) == [1, 2])
  }

  @Test func aRecordedFileThatLeftWhileAScanWentOnIsNoNews() throws {
    let scene = try RegisterScene()
    var gone = ["recorded", "empty", "unknown"].map { scene.skipped($0, .vanished, stamp: nil) }
    for index in gone.indices { gone[index].mayBeRecorded = true }
    let lines = try scene.run(
      [scene.document("recorded", scene.article(1)), scene.skipped("empty", .empty)] + gone
        // An event tells of something that happened to it since.
        + [scene.skipped("recorded", .vanished, stamp: nil)],
      on: try scene.openStore())
    #expect(lines.map(\.path) == ["recorded", "empty", "recorded"])
  }

  @Test func whatIsNotSettledOrKnownAlreadyLeavesNoTrace() throws {
    let scene = try RegisterScene()
    var register = try scene.makeRegister(try scene.openStore())
    for result in [FileOutcome.Result.unchanged, .unsettled, .gone, .failed(errno: 24)] {
      var outcome = scene.document("a", scene.article(1))
      outcome.result = result
      try register.register(outcome, time: 0)
    }
    let (isEmpty, last, counts) = (register.batch.isEmpty, register.lastSequence, register.counts)
    #expect(isEmpty)
    #expect(last == 0)
    #expect(counts == DaemonStatus.Totals())
  }

  @Test func severalDropDirectoriesAreKeptApart() throws {
    let scene = try RegisterScene()
    let lines = try scene.run(
      [
        scene.document("a", scene.article(1), drop: 0),
        scene.document("a", scene.article(2), drop: 1),
        scene.document("a", scene.article(1), drop: 1, stamp: 2),
      ], on: try scene.openStore(), batch: 2, drops: ["/one", "/two"])
    #expect(lines.map { $0["drop"]?.string } == ["/one", "/two", "/two"])
    #expect(lines.map { $0["replaces"]?.integer } == [nil, nil, 2])
  }

  @Test func countsWhatItDid() throws {
    let scene = try RegisterScene()
    var register = try scene.makeRegister(try scene.openStore())
    for outcome in [
      scene.document("a", scene.article(1)), scene.document("b", scene.copy(of: 1)),
      scene.document("c", scene.article(2)), scene.skipped("d", .empty),
    ] {
      try register.register(outcome, time: 0)
    }
    let (counts, batch, bytes) = (register.counts, register.batch, register.batch.byteCount)
    #expect(counts.documents == 3)
    #expect(counts.clusters == 2)
    #expect(counts.assigned == 3)
    #expect(counts.skipped == 1)
    #expect(counts.processed == 4)
    #expect(batch.lineCount == 4)
    #expect(bytes > batch.lines.count)
  }

  /// What the batch says must be what the state will say once the batch is in it.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func theSizeOfABatchChangesNothing(seed: UInt64) throws {
    let outcomes = try randomOutcomes(seed: seed, count: 120)
    var results: [[ClusterLogLine]] = []
    for batch in [1, 7, 120, 1] {
      let scene = try RegisterScene()
      results.append(try scene.run(outcomes, on: try scene.openStore(), batch: batch))
    }
    for lines in results.dropFirst() { #expect(lines == results[0]) }
    #expect(results[0].map(\.sequence) == Array(1...results[0].count))
    #expect(results[0].compactMap { $0.isAssigned ? $0.document : nil }.count > 60)
  }
}

extension DocumentRegisterTests {
  /// Articles, copies, identical files, new versions, skipped ones: few names, so that they meet.
  func randomOutcomes(seed: UInt64, count: Int) throws -> [FileOutcome] {
    let scene = try RegisterScene()
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { step in
      let path = "f\(Int.random(in: 0..<50, using: &random))"
      let article = Int.random(in: 0..<25, using: &random)
      let stamp = Int64(step)
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4: return scene.document(path, scene.article(article), stamp: stamp)
      case 4..<8:
        let lost = Int.random(in: 3...6, using: &random)
        return scene.document(path, scene.copy(of: article, lost: lost), stamp: stamp)
      default:
        let reason = [SkipReason.binary, .empty].randomElement(using: &random)!
        return scene.skipped(path, reason, stamp: Int64.random(in: 0...2, using: &random))
      }
    }
  }
}
