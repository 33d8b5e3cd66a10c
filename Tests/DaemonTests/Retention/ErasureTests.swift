// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import NearDuplicates
import StateStore
import TestSupport
import Testing

@testable import Daemon
@testable import Control

/// Documents that are forgotten, and what is left.
@Suite(.timeLimit(.minutes(10)))
struct ErasureTests {
  /// Erases documents as the daemon does when none of them was told of before.
  private func erase(_ documents: [UInt32], _ store: StateStore, _ scene: RegisterScene) throws {
    var register = try scene.makeRegister(store)
    let report = try register.erase(documents, time: RegisterScene.start)
    #expect(report.documents == documents.count)
    try store.commit(register.turn())
  }

  @Test func whatIsErasedIsNeverMetAgain() throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    try scene.run(
      [
        scene.document("a", scene.article(1)), scene.document("b", scene.article(2)),
        scene.document("near-b", scene.copy(of: 2)),
      ], on: store)
    try erase([1, 2], store, scene)
    let lines = try scene.run(
      [
        scene.document("a2", scene.article(1)), scene.document("a3", scene.copy(of: 1)),
        scene.document("b2", scene.copy(of: 2, lost: 6)),
      ], on: store)
    #expect(lines.map { $0["cluster"]?.string } == ["c4", "c4", "c2"])
    #expect(lines.map { $0["match"]?["document"]?.integer } == [nil, 4, 3])
  }

  @Test func aCopyKeepsTheTextOfItsOriginal() throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    try scene.run(
      ["a", "copy", "copy2"].map { scene.document($0, scene.article(1)) }
        + [scene.document("x", scene.article(7))], on: store)
    try erase([1], store, scene)
    let near = try scene.run([scene.document("near", scene.copy(of: 1))], on: store)
    #expect(near.map { $0["cluster"]?.string } == ["c1"])
    #expect(near.map { $0["match"]?["document"]?.integer } == [2])
    // The one that took it over goes as well.
    try erase([2], store, scene)
    let same = try scene.run([scene.document("same", scene.article(1))], on: store)
    #expect(same.map { $0["cluster"]?.string } == ["c1"])
    #expect(same.map { $0["match"]?["document"]?.integer } == [3])
    try erase([3, 5, 6], store, scene)
    let alone = try scene.run([scene.document("alone", scene.article(1))], on: store)
    #expect(alone.map { $0["cluster"]?.string } == ["c7"])
  }

  /// Numbers are never used again, though the last document is gone.
  @Test func theLastDocumentCanGo() throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    try scene.run([scene.document("a", scene.article(1))], on: store)
    try erase([1], store, scene)
    let lines = try scene.run([scene.document("b", scene.article(2))], on: store)
    #expect(lines.map(\.document) == [2])
    #expect(lines.map { $0["cluster"]?.string } == ["c2"])
  }

  /// The law: a daemon that is started later decides as one that went on after the erasure.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func restartsChangeNothing(seed: UInt64) throws {
    let outcomes = try DocumentRegisterTests().randomOutcomes(seed: seed &+ 300, count: 120)
    func lines(_ cuts: [Int]) throws -> [ClusterLogLine] {
      let scene = try RegisterScene()
      let store = try scene.openStore()
      var random = SeededGenerator(seed: seed)
      try scene.run(Array(outcomes[..<60]), on: store, batch: 8)
      let last = store.nextDocument - 1
      let gone = (1...last).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
      try erase(gone, store, scene)
      var lines: [ClusterLogLine] = []
      for (start, end) in zip([60] + cuts, cuts + [outcomes.count]) {
        lines += try scene.run(
          Array(outcomes[start..<end]), on: store, batch: 8, from: start)
      }
      return lines
    }
    let expected = try lines([])
    #expect(try lines([61, 80, 101]) == expected)
  }

  @Test func aFileThatIsStillThereIsKnown() throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    let outcome = scene.document("a", scene.article(1))
    try scene.run([outcome], on: store)
    try erase([1], store, scene)
    let reader = store.makeReader()
    let files = RecordedFiles(
      reader: reader, dropNumbers: [try store.dropNumber(of: Array("/drop".utf8))],
      names: try RecordedNames(reader))
    let identity = try #require(outcome.identity)
    #expect(files.isRecorded(outcome.key, identity))
    #expect(try reader.knownFile(FileKey(drop: 1, path: Array("a".utf8))) == nil)
    // No path to be looked for when deletions are.
    #expect(try reader.files(drop: 1, under: [], limit: 9).isEmpty)
    // Touched, it does not come back.
    let touched = scene.document("a", scene.article(1), stamp: 5)
    #expect(try scene.run([touched], on: store).isEmpty)
    // Other content is a new document.
    let lines = try scene.run([scene.document("a", scene.article(2), stamp: 2)], on: store)
    #expect(lines.map(\.document) == [2])
    #expect(try reader.files(drop: 1, under: [], limit: 9).count == 1)
    #expect(!files.isRecorded(outcome.key, identity))
  }

  /// What could not be read for a time is the same file all the same.
  @Test(arguments: [1, 8])
  func refusedMeanwhileItDoesNotComeBack(batch: Int) throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    let outcome = scene.document("a", scene.article(1))
    try scene.run([outcome], on: store)
    try erase([1], store, scene)
    let size = try #require(outcome.identity).size
    func skipped(_ reason: SkipReason, size: Int64, stamp: Int64) -> FileOutcome {
      var outcome = outcome
      outcome.result = .skipped(reason, detail: "why")
      outcome.identity?.size = size
      outcome.identity?.modified = stamp
      return outcome
    }
    func again(_ stamp: Int64) -> FileOutcome {
      scene.document("a", scene.article(1), stamp: stamp)
    }
    let lines = try scene.run(
      [
        skipped(.tooLarge, size: size, stamp: 7), again(7), again(8),
        skipped(.unreadable, size: size, stamp: 9), again(9),
      ], on: store, batch: batch)
    #expect(lines.map(\.event) == ["skipped", "skipped"])
    let reader = store.makeReader()
    let files = RecordedFiles(
      reader: reader, dropNumbers: [try store.dropNumber(of: Array("/drop".utf8))],
      names: try RecordedNames(reader))
    #expect(files.isRecorded(outcome.key, try #require(again(9).identity)))
    #expect(try reader.knownFile(FileKey(drop: 1, path: Array("a".utf8))) == nil)
    // After other content it is a new version, as that of any file.
    let later = try scene.run(
      [skipped(.tooLarge, size: size + 1, stamp: 10), again(11)], on: store, batch: batch)
    #expect(later.map(\.event) == ["skipped", "assigned"])
  }
}
