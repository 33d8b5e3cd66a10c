// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB
import TestSupport
import Testing

@testable import StateStore

@Suite("StateStore", .timeLimit(.minutes(10))) struct StateStoreTests {
  @Test func aNewStateIsEmpty() throws {
    let place = try StatePlace()
    let store = try place.open()
    #expect(store.nextSequence == 1)
    #expect(store.durableSequence == 0)
    #expect(store.nextDocument == 1)
    #expect(try store.pendingLogBatches() == [])
    #expect(
      try store.makeReader().counts() == StateCounts(documents: 0, revisions: 0, pendingBatches: 0))
    #expect(try StatePlace.documents(store) == [])
  }

  @Test func aClosedStateIsOneFile() throws {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 4))
    let reader = store.makeReader()
    #expect(try reader.counts().documents == 4)
    #expect(try FileSystem.names(in: place.directory.path("state")).count > 1)
    try store.close()
    #expect(try FileSystem.names(in: place.directory.path("state")) == ["neardupd.sqlite"])
    #expect(try StatePlace.documents(place.open()).count == 4)
  }

  @Test func closingDoesNotMakeAStateThatIsGone() throws {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 4))
    try FileSystem.rename(place.directory.path("state"), to: place.directory.path("elsewhere"))
    try FileSystem.makeDirectory(place.directory.path("state"))
    try store.close()
    #expect(try FileSystem.names(in: place.directory.path("state")) == [])
  }

  @Test func allOfABatchComesBackAfterReopening() throws {
    let place = try StatePlace()
    var store = try place.open()
    var batch = StatePlace.batch(store, count: 4)
    batch.revisions = Revision.Kind.allCases.map {
      Revision(afterDocument: 2, kind: $0, subject: 3, source: .max, target: 0)
    }
    try store.commit(batch)
    try store.close()

    store = try place.open()
    #expect(store.nextSequence == 5)
    #expect(store.nextDocument == 5)
    #expect(try StatePlace.documents(store) == batch.documents)
    var revisions: [Revision] = []
    try store.makeReader().forEachRevision { revisions.append($0) }
    #expect(revisions == batch.revisions)
    #expect(
      try store.pendingLogBatches() == [
        PendingBatch(firstSequence: 1, lastSequence: 4, lines: batch.lines)
      ])
    #expect(
      try store.makeReader().counts() == StateCounts(documents: 4, revisions: 5, pendingBatches: 1))
    let reader = store.makeReader()
    #expect(try reader.document(3) == batch.documents[2])
    #expect(
      try reader.origin(of: 3)
        == FileKey(drop: batch.documents[2].drop, path: batch.documents[2].path))
    #expect(try reader.origin(of: 5) == nil)
    #expect(try reader.tokens(of: 3) == batch.contents[2].tokens)
    #expect(try reader.knownFile(batch.files[1].key) == batch.files[1])
  }

  /// A commit that returned survives kill −9: nothing is closed before the next opening.
  @Test func aCommitIsSeenByTheNextOpenerWithoutClosing() throws {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 3))
    let copy = try StatePlace()
    try FileSystem.makeDirectory(copy.directory.path("state"))
    for suffix in ["", "-wal"] {
      try FileSystem.write(
        FileSystem.read(place.database + suffix), to: copy.database + suffix)
    }
    let other = try copy.open()
    #expect(other.nextSequence == 4)
    #expect(try StatePlace.documents(other).count == 3)
  }

  @Test func linesAreKeptUntilTheyAreDurable() throws {
    let place = try StatePlace()
    let store = try place.open()
    for _ in 0..<3 { try store.commit(StatePlace.batch(store, count: 2)) }
    #expect(try store.pendingLogBatches().map(\.firstSequence) == [1, 3, 5])
    // Half a batch is not enough to forget it.
    try store.markDurable(through: 3)
    #expect(try store.pendingLogBatches().map(\.firstSequence) == [3, 5])
    var batch = StatePlace.batch(store, count: 1)
    batch.durableSequence = 6
    try store.commit(batch)
    #expect(try store.pendingLogBatches().map(\.firstSequence) == [7])
    // It does not go back.
    try store.markDurable(through: 2)
    #expect(store.durableSequence == 6)
    try store.close()
    #expect(try place.open().durableSequence == 6)
  }

  @Test func aBatchWithoutLinesOrDocumentsIsFine() throws {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StateBatch())
    var batch = StateBatch()
    batch.files = [StatePlace.file("skipped")]
    try store.commit(batch)
    #expect(store.nextSequence == 1)
    #expect(try store.makeReader().knownFile(batch.files[0].key) == batch.files[0])
    #expect(try store.pendingLogBatches() == [])
  }

  @Test func filesAreReplacedAndRemoved() throws {
    let place = try StatePlace()
    let store = try place.open()
    let reader = store.makeReader()
    try store.commit(StatePlace.batch(store, count: 2))
    var batch = StateBatch()
    batch.removedFiles = [StatePlace.file("f1").key, StatePlace.file("f2").key]
    batch.files = [StatePlace.file("f2")]
    try store.commit(batch)
    #expect(try reader.knownFile(batch.removedFiles[0]) == nil)
    #expect(try reader.knownFile(batch.removedFiles[1]) == batch.files[0])
    // The texts stay for comparison.
    #expect(try reader.tokens(of: 1) != nil)
  }

  @Test func whatDoesNotContinueTheStateIsRefusedWhole() throws {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 2))
    var gap = StatePlace.batch(store, count: 2)
    gap.documents.removeFirst()
    var again = StateBatch()
    again.documents = [StatePlace.document(2)]
    var early = StateBatch()
    early.durableSequence = 3
    for batch in [gap, again, early] {
      let error = #expect(throws: StateStoreError.self) { try store.commit(batch) }
      #expect(error?.code == .outOfOrder)
    }
    #expect(throws: StateStoreError.self) { try store.markDurable(through: 3) }
    #expect(store.nextDocument == 3)
    // A constraint that fails at the end takes back what went before.
    var twice = StatePlace.batch(store, count: 2)
    twice.contents.append(StoredContent(document: 1, tokens: []))
    #expect(throws: StateStoreError.self) { try store.commit(twice) }
    #expect(try StatePlace.documents(store).count == 2)
    twice.contents.removeLast()
    try store.commit(twice)
    #expect(try StatePlace.documents(store).count == 4)
  }

  @Test func dropsKeepTheirNumbers() throws {
    let place = try StatePlace()
    var store = try place.open()
    let first = try store.dropNumber(of: [0x2F, 0xE9])
    let second = try store.dropNumber(of: Array("/srv".utf8))
    #expect(first != second)
    #expect(try store.dropNumber(of: [0x2F, 0xE9]) == first)
    try store.close()
    store = try place.open()
    #expect(try store.dropNumber(of: Array("/srv".utf8)) == second)
    #expect(
      try store.makeReader().drops() == [first: [0x2F, 0xE9], second: Array("/srv".utf8)])
  }

  @Test func commitsReachTheDisk() throws {
    let place = try StatePlace()
    let store = try place.open()
    let (synchronous, mode, page) = try store.pool.writeWithoutTransaction { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA synchronous"),
        try String.fetchOne(database, sql: "PRAGMA journal_mode"),
        try Int.fetchOne(database, sql: "PRAGMA page_size")
      )
    }
    #expect(synchronous == 2)
    #expect(mode == "wal")
    #expect(page == StateDatabase.pageSize)
  }

  @Test func aScanEndsWithWhatItsBodyThrows() throws {
    struct Enough: Error {}
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 5))
    var seen = 0
    #expect(throws: Enough.self) {
      try store.makeReader().forEachTrace { _ in
        seen += 1
        if seen == 2 { throw Enough() }
      }
    }
    #expect(seen == 2)
    // The unfinished scan holds nothing back.
    #expect(try StatePlace.documents(store).count == 5)
  }
}
