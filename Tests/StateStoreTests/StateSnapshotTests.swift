// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import StateStore

@Suite(.timeLimit(.minutes(10)))
struct StateSnapshotTests {
  @Test("it stays at its moment while the daemon commits, and does not hold it up")
  func moment() throws {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 3))
    let reader = try StateReader.open(directory: place.state)
    try reader.snapshot { state in
      #expect(try state.lastSequence() == 3)
      try store.commit(StatePlace.batch(store, count: 2))
      var documents = 0
      try state.forEachDocument { _ in documents += 1 }
      #expect(documents == 3)
      var sketches: [UInt32: Int] = [:]
      try state.forEachSketch { sketches[$0] = $1.byteCount }
      #expect(sketches == [1: 4, 2: 0, 3: 4])
      #expect(try state.lastSequence() == 3)
      #expect(try state.durableSequence() == 0)
      #expect(try state.tokens(of: 5) == nil)
    }
    #expect(try reader.snapshot { try $0.lastSequence() } == 5)
    try store.close()
  }

  @Test("documents that should have a text and have none are found")
  func texts() throws {
    let place = try StatePlace()
    let store = try place.open()
    var batch = StatePlace.batch(store, count: 4)
    // Even documents are identical to others; of the odd ones the third loses its text.
    batch.contents.removeAll { $0.document != 1 }
    try store.commit(batch)
    #expect(try store.makeReader().snapshot { try $0.documentsWithoutText() } == [3])
    try store.close()
  }

  @Test(
    "a state on a medium that cannot be written is read all the same",
    .enabled(if: getuid() == 0, "mounting takes root"), arguments: [true, false])
  func readOnly(withLogFiles: Bool) throws {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 3))
    try store.close()
    if !withLogFiles {
      for suffix in ["-wal", "-shm"] { try? FileSystem.remove(place.database + suffix) }
    }
    let mounted = try place.directory.makeDirectory("a ?%#\u{E9}")
    try #require(mount(place.directory.path("state"), mounted, nil, UInt(MS_BIND), nil) == 0)
    defer { umount2(mounted, Int32(MNT_DETACH)) }
    let flags = UInt(MS_BIND) | UInt(MS_REMOUNT) | UInt(MS_RDONLY)
    try #require(mount(nil, mounted, nil, flags, nil) == 0)
    let reader = try StateReader.open(directory: Array(mounted.utf8))
    #expect(try reader.snapshot { try $0.lastSequence() } == 3)
    #expect(try reader.counts().documents == 3)
  }
}
