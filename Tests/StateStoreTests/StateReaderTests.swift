// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import StateStore

@Suite("StateReader", .timeLimit(.minutes(10))) struct StateReaderTests {
  @Test func whatADocumentSaysOfItselfIsKept() throws {
    let place = try StatePlace()
    let store = try place.open()
    var batch = StatePlace.batch(store, count: 3)
    let said = StoredDescription(
      document: 2, title: "Quake in the bay", published: "2026-11-29", source: "example.org",
      language: "en", encoding: "koi8-r")
    batch.descriptions = [StoredDescription(document: 1, title: "Otters"), said]
    try store.commit(batch)
    let reader = store.makeReader()
    #expect(try reader.description(of: 2) == said)
    #expect(try (1...3).map { try reader.title(of: $0) } == ["Otters", said.title, nil])
    var all: [StoredDescription] = []
    try reader.snapshot { try $0.forEachDescription { all.append($0) } }
    #expect(all == batch.descriptions)
    #expect(try reader.snapshot { try $0.title(of: 1) } == "Otters")
  }

  @Test(arguments: [EACCES, EPERM, EROFS])
  func whoOnlyReadsIsNotToldToMakeSomethingWritable(_ number: Int32) {
    let error = StateStoreError(call: "open", systemError: number, path: Array("/s".utf8))
    #expect(error.remedy.contains("writ"))
    #expect(error.ofReader.remedy == "ask as root or as a member of the daemon's group")
    #expect(error.ofReader.code == error.code)
    let busy = StateStoreError(call: "open", systemError: EIO, path: Array("/s".utf8))
    #expect(busy.ofReader == busy)
  }

  @Test func filesBelowADirectoryComeInPages() throws {
    let place = try StatePlace()
    let store = try place.open()
    var batch = StateBatch()
    let names = ["a", "a!", "a/x", "a/y/1", "a/y/2", "a/z", "a0", "b"]
    batch.files = names.map { StatePlace.file($0) }
    batch.files.append(StatePlace.file("a/other"))
    batch.files[8].key.drop = 2
    try store.commit(batch)
    let reader = store.makeReader()

    func pages(_ directory: String, limit: Int) throws -> [[String]] {
      var pages: [[String]] = []
      var after: [UInt8]?
      while true {
        let page = try reader.files(
          drop: 1, under: Array(directory.utf8), after: after, limit: limit)
        guard let last = page.last else { return pages }
        pages.append(page.map { String(decoding: $0.key.path, as: UTF8.self) })
        after = last.key.path
      }
    }
    #expect(try pages("a", limit: 3) == [["a/x", "a/y/1", "a/y/2"], ["a/z"]])
    #expect(try pages("a/y", limit: 10) == [["a/y/1", "a/y/2"]])
    #expect(try pages("", limit: 5).flatMap { $0 } == names)
    #expect(try pages("nothing", limit: 5) == [])
    var all: [FileKey] = []
    try reader.forEachFile { drop, path in
      all.append(FileKey(drop: drop, path: path.withUnsafeBytes(Array.init)))
    }
    #expect(all.count == batch.files.count && Set(all) == Set(batch.files.map(\.key)))
  }

  @Test func tracesComeInOrderAndBackwards() throws {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 5))
    let reader = store.makeReader()
    let stored = try StatePlace.documents(store)
    var traces: [StoredDocument] = []
    try reader.forEachTrace { row in
      var document = try #require(stored.first { $0.document == row.document })
      document.cluster = row.cluster
      document.story = row.story
      document.identicalTo = row.identicalTo
      document.arrived = row.arrived
      document.sha256 = row.withSHA256 { bytes in bytes.withUnsafeBytes(Array.init) }
      document.sketch = row.withSketch { bytes in bytes.withUnsafeBytes(Array.init) }
      traces.append(document)
    }
    #expect(traces == stored)
    var last: [UInt32] = []
    try reader.forEachTraceBackwards { row in
      last.append(row.document)
      return row.document > 3
    }
    #expect(last == [5, 4, 3])
    try store.close()
  }

  @Test func looksUpFromManyThreadsWhileTheStoreWrites() async throws {
    let place = try StatePlace()
    let store = try place.open()
    let reader = store.makeReader()
    let known = StatePlace.file("f1", document: 1)
    try store.commit(StatePlace.batch(store, count: 1))
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var found = 0
          for number in 1...200 {
            if try reader.knownFile(known.key) == known { found += 1 }
            _ = try reader.tokens(of: UInt32(number))
          }
          return found
        }
      }
      for _ in 0..<50 { try store.commit(StatePlace.batch(store, count: 4)) }
      for try await found in group { #expect(found == 200) }
    }
    #expect(try reader.tokens(of: 201) != nil)
  }

  @Test func tokensAreThoseOfTheDocument() throws {
    let place = try StatePlace()
    let store = try place.open()
    var batch = StatePlace.batch(store, count: 3)
    batch.contents[1].tokens = [0xFF]
    batch.contents[2].tokens = []
    try store.commit(batch)
    let reader = store.makeReader()
    #expect(try reader.tokens(of: 2) == [0xFF])
    #expect(try reader.tokens(of: 3) == [])
    #expect(try reader.tokens(of: 9) == nil)
  }

  @Test func readsFromAnotherPlaceThanTheStore() throws {
    let place = try StatePlace()
    let error = #expect(throws: StateStoreError.self) {
      _ = try StateReader.open(directory: place.state)
    }
    #expect(error?.code == .cannotOpen)
    let store = try place.open()
    let reader = try StateReader.open(directory: place.state)
    try store.commit(StatePlace.batch(store, count: 2))
    #expect(try reader.counts().documents == 2)
    #expect(try reader.document(2) == StatePlace.document(2))
    #expect(try reader.document(3) == nil)
  }

  @Test("a connection of its own sees what was committed, and lets the store close as one file")
  func ownConnection() throws {
    let place = try StatePlace()
    let store = try place.open()
    let reader = try store.makeOwnReader()
    #expect(try reader.document(1) == nil)
    try store.commit(StatePlace.batch(store, count: 2))
    #expect(try reader.document(2) == StatePlace.document(2))
    reader.close()
    #expect(throws: StateStoreError.self) { try reader.document(2) }
    try store.close()
    #expect(try FileSystem.names(in: place.directory.path("state")) == ["neardupd.sqlite"])
  }
}
