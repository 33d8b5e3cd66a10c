// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import StateStore

@Suite(
  "StateStore on a full disk", .timeLimit(.minutes(10)),
  .enabled(if: SmallFileSystem.isPossible, "needs the right to mount a tmpfs"))
struct StateStoreFullTests {
  @Test func aRefusedBatchIsCommittedWhenThereIsRoom() throws {
    let disk = try SmallFileSystem(kilobytes: 4096)
    let state = Array(disk.path("state").utf8)
    var store = try StateStore.open(directory: state, schemeVersion: 1)
    try Ballast(in: disk.path).fill(leaving: 1 << 20)
    var refused: StateBatch?
    while refused == nil {
      let batch = StatePlace.batch(store, count: 16, tokens: 2000)
      do {
        try store.commit(batch)
      } catch {
        #expect(error.code == .full)
        #expect(error.isTransient)
        refused = batch
      }
    }
    let before = store.nextDocument
    let batch = try #require(refused)
    #expect(before > 1)
    #expect(throws: StateStoreError.self) { try store.commit(batch) }
    #expect(try StatePlace.documents(store).count == Int(before) - 1)
    try Ballast(in: disk.path).makeRoom()
    try store.commit(batch)
    #expect(store.nextDocument == before + 16)
    try store.close()
    store = try StateStore.open(directory: state, schemeVersion: 1)
    #expect(store.nextDocument == before + 16)
    #expect(store.nextSequence == UInt64(before) + 16)
  }

  @Test func theWriteAheadLogLeavesRoomForTheDatabase() throws {
    let disk = try SmallFileSystem(kilobytes: 4096)
    let store = try StateStore.open(directory: Array(disk.path("state").utf8), schemeVersion: 1)
    // A commit of one document takes 40 KB of the log, and 1 KB of the database.
    for _ in 0..<400 { try store.commit(StatePlace.batch(store, count: 1)) }
    #expect(try StatePlace.documents(store).count == 400)
  }

  @Test func aReaderKeepsTheRoomUntilItIsDone() throws {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 16))
    let log = place.database + "-wal"
    let reader = try StateReader.open(directory: place.state)
    #expect(try reader.snapshot { _ in store.giveRoomBack() } == false)
    #expect(try !FileSystem.read(log).isEmpty)
    #expect(store.giveRoomBack())
    #expect(try FileSystem.read(log).isEmpty)
    #expect(try StatePlace.documents(store).count == 16)
  }

  @Test func aStateThatCannotBeMadeLeavesNothing() throws {
    let disk = try SmallFileSystem(kilobytes: 64)
    try FileSystem.makeDirectory(disk.path("state"))
    try Ballast(in: disk.path).fill(leaving: 8 << 10)
    let state = Array(disk.path("state").utf8)
    let error = #expect(throws: StateStoreError.self) {
      try StateStore.open(directory: state, schemeVersion: 1)
    }
    #expect(error?.code == .full)
    for suffix in ["", ".new", ".new-journal"] {
      #expect(!FileSystem.exists(disk.path("state/neardupd.sqlite" + suffix)))
    }
  }
}
