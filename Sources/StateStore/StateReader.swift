// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

/// Look-ups in the state from any thread, next to the one task that writes; all calls block.
package struct StateReader: Sendable {
  /// The database's name, raw bytes.
  package let path: [UInt8]

  private let pool: any DatabaseReader
  /// The connection, where it is this reader's own.
  private let own: DatabaseQueue?

  /// A reader on connections that are shared.
  init(path: [UInt8], pool: any DatabaseReader) {
    self.path = path
    self.pool = pool
    own = nil
  }

  /// A reader for one task.
  init(path: [UInt8], own: DatabaseQueue) {
    self.path = path
    pool = own
    self.own = own
  }

  /// Opens the state for reading only, from another process than the daemon, running or not.
  ///
  /// - Parameter schemeVersion: refused when the fingerprints are of another; nil for who does not
  ///   look at them.
  package static func open(
    directory: [UInt8], schemeVersion: Int? = nil
  ) throws(StateStoreError) -> StateReader {
    let files = StateFiles(directory: directory)
    let pool = try StateDatabase.openReader(files, schemeVersion: schemeVersion)
    return StateReader(path: files.database, pool: pool)
  }

  /// One more reader on a connection of its own, for a task that asks often; see
  /// `StateStore.makeOwnReader`.
  package func another() throws(StateStoreError) -> StateReader {
    StateReader(path: path, own: try StateDatabase.openConnection(StateFiles(database: path)))
  }

  /// Gives up a connection of its own (`StateStore.makeOwnReader`); others are the store's.
  package func close() {
    if let own { try? RetiredConnections.retire(own) }
  }

  /// Lends one moment of the state.
  ///
  /// What `body` throws ends it and comes out as it is; the store throws `StateStoreError`.
  package func snapshot<Result>(_ body: (StateSnapshot) throws -> Result) throws -> Result {
    do {
      return try pool.read { try body(StateSnapshot($0)) }
    } catch let error as DatabaseError {
      throw StateStoreError(error, path: path)
    }
  }

  /// What is known of a path; nil when it was never looked at.
  package func knownFile(_ key: FileKey) throws(StateStoreError) -> StoredFile? {
    try read { try $0.file(key) }
  }

  /// The tokens of a document; nil when it is identical to another or was forgotten.
  package func tokens(of document: UInt32) throws(StateStoreError) -> [UInt8]? {
    try read { try $0.tokens(of: document) }
  }

  /// A document as it was assigned.
  package func document(_ number: UInt32) throws(StateStoreError) -> StoredDocument? {
    try read { try $0.document(number) }
  }

  /// What a document says of itself; nil when it says nothing.
  package func description(
    of document: UInt32
  ) throws(StateStoreError) -> StoredDescription? {
    try read { try $0.description(of: document) }
  }

  /// The title of a document; nil when it has none.
  package func title(of document: UInt32) throws(StateStoreError) -> String? {
    try description(of: document)?.title
  }

  /// The file that a document came from; nil when there is no such document.
  package func origin(of document: UInt32) throws(StateStoreError) -> FileKey? {
    try read { try $0.origin(of: document) }
  }

  /// Lends the number of the drop directory and the path below it of all files that were ever
  /// looked at, in no particular order.
  ///
  /// What `body` throws ends the scan and comes out as it is; the store throws `StateStoreError`.
  package func forEachFile(_ body: (UInt32, RawSpan) throws -> Void) throws {
    try scan { try $0.forEachFile(body) }
  }

  /// A page of the known files below a directory, in byte order of their paths.
  ///
  /// - Parameters:
  ///   - drop: The number of the drop directory.
  ///   - directory: Relative to it, without a slash at the end; empty for all of it.
  ///   - after: The last path of the page before; nil for the first page.
  ///   - limit: How many at most.
  package func files(
    drop: UInt32, under directory: [UInt8], after: [UInt8]? = nil, limit: Int
  ) throws(StateStoreError) -> [StoredFile] {
    guard !directory.isEmpty else {
      // What begins with NUL is no path (`FileKey.forgotten`).
      return try read {
        try $0.files(drop: drop, low: [1], high: nil, after: after, limit: limit)
      }
    }
    // The paths below "a" are those from "a/" up to "a0", the byte behind the slash.
    let low = directory + [UInt8(ascii: "/")]
    let high = directory + [UInt8(ascii: "/") + 1]
    return try read {
      try $0.files(drop: drop, low: low, high: high, after: after, limit: limit)
    }
  }

  /// A page of what is known of the members of a container, in byte order of their names.
  ///
  /// - Parameters:
  ///   - container: The file; its members stand under its path, a NUL and their names.
  ///   - after: The last path of the page before; nil for the first page.
  ///   - limit: How many at most.
  package func members(
    of container: FileKey, after: [UInt8]? = nil, limit: Int
  ) throws(StateStoreError) -> [StoredFile] {
    try read {
      try $0.files(
        drop: container.drop, low: container.path + [0], high: container.path + [1],
        after: after, limit: limit)
    }
  }

  /// The drop directories that were ever seen, by number.
  package func drops() throws(StateStoreError) -> [UInt32: [UInt8]] {
    try read { try $0.drops() }
  }

  /// Goes over what a start needs of all documents, in order of their numbers, one at a time.
  ///
  /// What `body` throws ends the scan and comes out as it is; the store throws `StateStoreError`.
  ///
  /// - Parameters:
  ///   - after: Those up to this one are left out.
  ///   - limit: How many at most; -1 for all.
  ///   - withPublished: Whether rows say when documents were published, which takes a look-up each.
  package func forEachTrace(
    after: UInt32 = 0, limit: Int = -1, withPublished: Bool = false,
    _ body: (borrowing TraceRow) throws -> Void
  ) throws {
    try scan {
      try $0.forEachTrace(after: after, limit: limit, withPublished: withPublished, body)
    }
  }

  /// What a start has to know of the horizon.
  package func horizon() throws(StateStoreError) -> StateHorizon {
    try read { try $0.horizon() }
  }

  /// The same from the last document to the first, until `body` answers false.
  package func forEachTraceBackwards(while body: (borrowing TraceRow) throws -> Bool) throws {
    try scan { try $0.forEachTraceBackwards(while: body) }
  }

  /// Goes over all revisions in the order in which they were made.
  ///
  /// What `body` throws ends the scan and comes out as it is; the store throws `StateStoreError`.
  package func forEachRevision(_ body: (Revision) throws -> Void) throws {
    try scan { try $0.forEachRevision { try body($1) } }
  }

  /// Some revisions with their numbers, in the order in which they were made.
  ///
  /// - Parameters:
  ///   - number: Those up to this one are left out.
  ///   - limit: How many at most.
  package func revisions(
    after number: Int, limit: Int
  ) throws(StateStoreError) -> [(number: Int, revision: Revision)] {
    try read { database in
      var revisions: [(number: Int, revision: Revision)] = []
      try database.forEachRevision(after: number, limit: limit) {
        revisions.append((number: $0, revision: $1))
      }
      return revisions
    }
  }

  /// The log lines that may not be on the disk, in order.
  package func pendingLogBatches() throws(StateStoreError) -> [PendingBatch] {
    try read { try $0.pendingBatches() }
  }

  /// How much is stored.
  package func counts() throws(StateStoreError) -> StateCounts {
    try read { try $0.counts() }
  }

  /// Each look-up is one statement and sees one commit, so it needs no transaction of its own.
  private func read<Result>(
    _ body: (Database) throws -> Result
  ) throws(StateStoreError) -> Result {
    var systemError: Int32 = 0
    do {
      return try pool.unsafeRead { database in
        do {
          return try body(database)
        } catch {
          systemError = database.systemError
          throw error
        }
      }
    } catch {
      throw StateStoreError(error, path: path, systemError: systemError)
    }
  }

  private func scan(_ body: (Database) throws -> Void) throws {
    do {
      try pool.unsafeRead(body)
    } catch let error as DatabaseError {
      throw StateStoreError(error, path: path)
    }
  }
}
