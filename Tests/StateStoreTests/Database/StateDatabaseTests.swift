// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB
import TestSupport
import Testing

@testable import StateStore

@Suite("State database", .timeLimit(.minutes(10))) struct StateDatabaseTests {
  /// A closed state with some documents in it.
  private func filled() throws -> StatePlace {
    let place = try StatePlace()
    let store = try place.open()
    try store.commit(StatePlace.batch(store, count: 300, tokens: 500))
    try store.close()
    return place
  }

  private func refusal(_ place: StatePlace, scheme: Int = 3) throws -> StateStoreError {
    let before = try FileSystem.read(place.database)
    let error = try #require(
      throws: StateStoreError.self
    ) { try place.open(schemeVersion: scheme) }
    #expect(try FileSystem.read(place.database) == before, "the file was touched")
    #expect(error.description.contains(place.database))
    return error
  }

  @Test(arguments: ["", "hello", String(repeating: "not a database\n", count: 100)])
  func aFileThatIsNoDatabaseIsRefused(_ text: String) throws {
    let place = try StatePlace()
    try FileSystem.makeDirectory(place.directory.path("state"))
    try FileSystem.write(text.utf8, to: place.database)
    #expect(try refusal(place).code == .foreign)
  }

  @Test func somebodyElsesDatabaseIsRefused() throws {
    let place = try StatePlace()
    try FileSystem.makeDirectory(place.directory.path("state"))
    let queue = try DatabaseQueue(path: place.database)
    try queue.write { try $0.execute(sql: "CREATE TABLE t (x)") }
    try queue.close()
    #expect(try refusal(place).code == .foreign)
  }

  @Test func aNewerVersionIsRefused() throws {
    let place = try filled()
    let queue = try DatabaseQueue(path: place.database)
    try queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
    try queue.close()
    #expect(
      try refusal(place).code == .newerVersion(found: 99, supported: Schema.version))
    #expect(throws: StateStoreError.self) { _ = try StateReader.open(directory: place.state) }
  }

  @Test func aStateOfTheFirstVersionIsBroughtUp() throws {
    let place = try filled()
    let queue = try DatabaseQueue(path: place.database)
    try queue.write { database in
      try database.execute(
        sql: """
          DROP TABLE descriptions; DROP TABLE heirs; ALTER TABLE documents DROP COLUMN clock;
          PRAGMA user_version = 1
          """)
    }
    try queue.close()
    // Who only reads finds no descriptions and takes none amiss.
    let before = try StateReader.open(directory: place.state)
    #expect(try before.title(of: 1) == nil)
    before.close()
    let store = try place.open()
    var batch = StatePlace.batch(store, count: 1)
    batch.descriptions = [StoredDescription(document: store.nextDocument, title: "Otters")]
    try store.commit(batch)
    #expect(try store.makeReader().title(of: 301) == "Otters")
  }

  @Test func fingerprintsOfAnotherSchemeAreRefused() throws {
    let place = try filled()
    let error = try #require(throws: StateStoreError.self) { try place.open(schemeVersion: 4) }
    #expect(error.code == .otherScheme(found: 3, expected: 4))
    #expect(try place.open(schemeVersion: 3).nextDocument == 301)
  }

  @Test func aDamagedFirstPageIsRefused() throws {
    let place = try filled()
    var bytes = try FileSystem.read(place.database)
    for index in 100..<StateDatabase.pageSize { bytes[index] = 0xAA }
    try FileSystem.write(bytes, to: place.database)
    #expect(try refusal(place).code == .corrupt)
  }

  @Test func aTruncatedDatabaseIsRefused() throws {
    let place = try filled()
    try FileSystem.truncate(place.database, to: StateDatabase.pageSize * 3)
    #expect(try refusal(place).code == .corrupt)
  }

  @Test func aDamagedPageIsFoundWhenItIsRead() throws {
    let place = try filled()
    var bytes = try FileSystem.read(place.database)
    let size = StateDatabase.pageSize
    for index in (size * 12)..<bytes.count { bytes[index] = 0xAA }
    try FileSystem.write(bytes, to: place.database)
    let error = try #require(throws: StateStoreError.self) {
      let store = try place.open()
      _ = try StatePlace.documents(store)
      for number in 1...300 { _ = try store.makeReader().tokens(of: UInt32(number)) }
    }
    #expect(error.code == .corrupt)
  }

  @Test func aHalfMadeDatabaseIsMadeAnew() throws {
    let place = try StatePlace()
    try FileSystem.makeDirectory(place.directory.path("state"))
    try FileSystem.write("half".utf8, to: place.database + ".new")
    try FileSystem.write("half".utf8, to: place.database + ".new-journal")
    #expect(try place.open().nextSequence == 1)
    #expect(!FileSystem.exists(place.database + ".new"))
    #expect(!FileSystem.exists(place.database + ".new-journal"))
  }

  @Test func namesThatAreNotTextAreRefused() throws {
    let place = try StatePlace()
    let error = #expect(throws: StateStoreError.self) {
      try StateStore.open(directory: place.state + [0xE9], schemeVersion: 1)
    }
    #expect(error?.code == .cannotOpen)
  }

  @Test func theVersionStandsInTheHeader() throws {
    let place = try filled()
    let header = try #require(DatabaseHeader(try FileSystem.read(place.database)))
    #expect(header.applicationID == Schema.applicationID)
    #expect(Int(header.userVersion) == Schema.version)
    #expect(DatabaseHeader([UInt8]("SQLite format 3\0".utf8)) == nil)
  }
}
