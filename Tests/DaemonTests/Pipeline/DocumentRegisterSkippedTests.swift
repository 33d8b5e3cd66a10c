// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import StateStore
import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct DocumentRegisterSkippedTests {
  private let scene: RegisterScene
  private let store: StateStore

  init() throws {
    scene = try RegisterScene()
    store = try scene.openStore()
  }

  /// A skip of the file that `document` is about, as it was then.
  private func skipped(
    _ reason: SkipReason, like document: FileOutcome, stamp: Int64? = nil, longer: Int64 = 0
  ) -> FileOutcome {
    var outcome = document
    outcome.identity?.size += longer
    outcome.result = .skipped(reason, detail: "why")
    outcome.identity?.changed += 1
    if let stamp { outcome.identity?.modified = stamp }
    return outcome
  }

  private func known(_ path: String = "a") throws -> StoredFile? {
    try store.makeReader().knownFile(FileKey(drop: 1, path: Array(path.utf8)))
  }

  @Test(arguments: [SkipReason.unreadable, .tooLarge], [1, 9])
  func recordedContentThatCannotBeReadForAWhileIsNoNews(
    reason: SkipReason, batch: Int
  ) throws {
    let document = scene.document("a", scene.article(1))
    let lines = try scene.run(
      [document, skipped(reason, like: document), skipped(reason, like: document), document],
      on: store, batch: batch)
    #expect(lines.map(\.event) == ["assigned"])
    #expect(try known()?.document == 1)
  }

  @Test(arguments: [SkipReason.unreadable, .tooLarge], [1, 9])
  func aTouchedFileThatCannotBeReadIsToldOfAndStaysTheDocument(
    reason: SkipReason, batch: Int
  ) throws {
    let document = scene.document("a", scene.article(1))
    let touched = skipped(reason, like: document, stamp: 5)
    let lines = try scene.run(
      [
        document, touched, touched, scene.document("a", scene.article(1), stamp: 5),
        scene.document("a", scene.article(2), stamp: 6),
      ], on: store, batch: batch)
    #expect(lines.map(\.event) == ["assigned", "skipped", "assigned"])
    #expect(lines.last?["replaces"]?.integer == 1)
  }

  /// Else the log's last word on it would be that it was skipped.
  @Test(arguments: [SkipReason.unreadable, .tooLarge], [1, 9])
  func theRecordedContentComesBackAfterContentOfAnotherSize(
    reason: SkipReason, batch: Int
  ) throws {
    let document = scene.document("a", scene.article(1))
    let other = skipped(reason, like: document, stamp: 5, longer: 1)
    let back = scene.document("a", scene.article(1), stamp: 6)
    let lines = try scene.run([document, other, other, back, back], on: store, batch: batch)
    #expect(lines.map(\.event) == ["assigned", "skipped", "assigned"])
    #expect(lines.last?["relation"]?.string == "identical")
    #expect(lines.last?["replaces"]?.integer == 1)
    #expect(try known()?.document == 2)
  }

  /// The state must not take it for recorded, or it would never be looked at again.
  @Test func whatWasSkippedUnreadIsReadAgain() throws {
    let document = scene.document("a", scene.article(1))
    let touched = skipped(.unreadable, like: document, stamp: 5)
    try scene.run([document, touched], on: store)
    let files = RecordedFiles(reader: store.makeReader(), dropNumbers: [1])
    #expect(try known()?.skipReason == "unreadable")
    #expect(try known()?.document == 1)
    #expect(!files.isRecorded(touched.key, try #require(touched.identity)))
  }

  @Test(arguments: [1, 9])
  func aDeletedFileThatCouldNotBeReadIsRemovedAllTheSame(batch: Int) throws {
    let document = scene.document("a", scene.article(1))
    var gone = document
    gone.result = .gone
    let lines = try scene.run(
      [document, skipped(.unreadable, like: document, stamp: 5), gone], on: store, batch: batch)
    #expect(lines.map(\.event) == ["assigned", "skipped", "removed"])
    #expect(lines.last?.document == 1)
  }

  @Test(arguments: [SkipReason.binary, .empty, .tooShort])
  func otherContentIsNoDocumentAnyMore(reason: SkipReason) throws {
    let document = scene.document("a", scene.article(1))
    let lines = try scene.run(
      [
        document, skipped(reason, like: document, stamp: 5),
        scene.document("a", scene.article(1), stamp: 6),
      ], on: store)
    #expect(lines.map(\.event) == ["assigned", "skipped", "assigned"])
    #expect(lines.map(\.document) == [1, nil, 2])
  }

  @Test(arguments: [1, 9])
  func aFileThatCannotBeLookedAtIsToldOfOnce(batch: Int) throws {
    let unseen = scene.skipped("a", .unreadable, stamp: nil)
    let document = scene.document("a", scene.article(1))
    let lines = try scene.run(
      [unseen, unseen, unseen, document, unseen, document], on: store, batch: batch)
    #expect(lines.map(\.event) == ["skipped", "assigned"])
  }

  @Test(arguments: [1, 2, 9])
  func afterItVanishedTheNextOfItsNameIsAnother(batch: Int) throws {
    let unseen = scene.skipped("a", .unreadable, stamp: nil)
    let vanished = scene.skipped("a", .vanished, stamp: nil)
    let lines = try scene.run([unseen, unseen, vanished, unseen, unseen], on: store, batch: batch)
    #expect(lines.map { $0["reason"]?.string } == ["unreadable", "vanished", "unreadable"])
    #expect(try known()?.skipReason == "unreadable")
  }
}
