// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

/// The daemon's memory: documents, what is known of files, and log lines not yet on the disk.
///
/// The database is `neardupd.sqlite` in the state directory (SQLite, WAL, synchronous=FULL): what
/// `commit` returned from survives a power cut. The store belongs to one task, which it enforces
/// by not being Sendable; look-ups from elsewhere go through `makeReader()`. All calls block.
package final class StateStore {
  /// The database's name, raw bytes.
  package let path: [UInt8]
  /// The number that the next log line gets, from 1.
  package private(set) var nextSequence: UInt64
  /// The last log line that is known to be on the disk.
  package private(set) var durableSequence: UInt64
  /// The number that the next document gets, from 1.
  package private(set) var nextDocument: UInt32

  /// Whether there may be rows beyond the horizon still.
  package private(set) var hasExpiredRows = true

  let pool: DatabasePool
  let files: StateFiles
  /// Device and inode of the database that is open.
  private let identity: StateFiles.Identity?

  private init(files: StateFiles, pool: DatabasePool) throws {
    self.files = files
    path = files.database
    identity = files.databaseIdentity
    self.pool = pool
    (nextSequence, durableSequence, nextDocument) = try pool.read { database in
      (
        UInt64(clamping: try Meta.lastSequence.fetch(database) ?? 0) + 1,
        UInt64(clamping: try Meta.durableSequence.fetch(database) ?? 0),
        try database.lastDocument() + 1
      )
    }
  }

  /// Opens the database of a state directory; both are made when they are missing.
  ///
  /// Take the directory's lock first. A file that is not ours, of a newer version, of another
  /// scheme or damaged is refused and stays as it is.
  ///
  /// - Parameters:
  ///   - directory: Raw bytes, which must be UTF-8 here.
  ///   - schemeVersion: The version of the fingerprints that the engine makes.
  package static func open(
    directory: [UInt8], schemeVersion: Int
  ) throws(StateStoreError) -> StateStore {
    let files = StateFiles(directory: directory)
    try files.prepareDirectory()
    let pool = try StateDatabase.open(files, schemeVersion: schemeVersion)
    do {
      return try StateStore(files: files, pool: pool)
    } catch {
      throw StateStoreError(error, path: files.database)
    }
  }

  /// Commits all of a batch in one transaction, or nothing.
  ///
  /// After an error that is transient the same batch can be committed again.
  package func commit(_ batch: StateBatch) throws(StateStoreError) {
    try check(batch)
    let first = nextSequence
    let last = first + UInt64(batch.lineCount) - 1
    let durable = max(durableSequence, batch.durableSequence)
    let durableChanged = durable > durableSequence
    if files.logWouldExceedRoom(with: batch.byteCount) { giveRoomBack() }
    let lastDocument = nextDocument + UInt32(batch.documents.count) - 1
    try write { database in
      try database.insert(documents: batch.documents)
      try database.insert(contents: batch.contents)
      try database.insert(descriptions: batch.descriptions)
      try database.remove(files: batch.removedFiles)
      try database.replace(files: batch.files)
      try database.insert(revisions: batch.revisions)
      if let progress = batch.progress { try database.store(progress) }
      if let expiry = batch.expiry { try database.expire(expiry, last: lastDocument) }
      if let erasure = batch.erasure { try database.erase(erasure, last: lastDocument) }
      if durableChanged {
        try database.removeBatches(through: durable)
        try Meta.durableSequence.store(Int64(clamping: durable), database)
      }
      if batch.lineCount > 0 {
        try database.insert(lines: batch.lines, first: first, last: last)
        try Meta.lastSequence.store(Int64(clamping: last), database)
      }
    }
    nextSequence = last + 1
    durableSequence = durable
    nextDocument += UInt32(batch.documents.count)
    if batch.expiry != nil { hasExpiredRows = true }
  }

  /// So many rows are deleted at a time: no more than a batch puts in.
  private static let purgedRows = 512

  /// Deletes some of what is beyond the horizon; to be called again while `hasExpiredRows`.
  package func purge() throws(StateStoreError) {
    guard hasExpiredRows else { return }
    var isMore = false
    try write { isMore = try $0.purge(limit: Self.purgedRows) }
    if !isMore {
      // Outside of a transaction SQLite does it page by page.
      isMore =
        (try? pool.writeWithoutTransaction { try $0.giveBackPages(limit: Self.purgedRows) })
        ?? false
    }
    hasExpiredRows = isMore
  }

  /// Writes the database anew without what was deleted, and empties the write-ahead log: what is
  /// left of deleted rows in either is gone then.
  ///
  /// It takes as long as copying the database, and room for that. Deleting alone does not do it,
  /// with `PRAGMA secure_delete` either: SQLite moves rows between pages and leaves what was there.
  ///
  /// - Returns: False where somebody reads an older state, who has to end first.
  package func scrub() throws(StateStoreError) -> Bool {
    try checkName()
    do {
      return try pool.writeWithoutTransaction { database in
        try database.execute(sql: "VACUUM")
        return try StateDatabase.emptyLog(database)
      }
    } catch {
      throw StateStoreError(error, path: path)
    }
  }

  /// Records that the log is on the disk up to a line, and forgets the lines that were kept.
  package func markDurable(through sequence: UInt64) throws(StateStoreError) {
    guard sequence > durableSequence else { return }
    guard sequence < nextSequence else {
      throw outOfOrder("line \(sequence) was never committed")
    }
    try write { database in
      try database.removeBatches(through: sequence)
      try Meta.durableSequence.store(Int64(clamping: sequence), database)
    }
    durableSequence = sequence
  }

  /// The stable number of a drop directory, given out when it is first seen.
  package func dropNumber(of path: [UInt8]) throws(StateStoreError) -> UInt32 {
    var number: UInt32 = 0
    try write { number = try $0.dropNumber(of: path) }
    return number
  }

  /// Folds the write-ahead log into the database and gives its room back to the file system.
  ///
  /// SQLite itself does so only when 32 MB have gathered, and what it has not folded in stays on a
  /// full disk. Nobody is waited for: while somebody reads an older state, or there is no room for
  /// the folding itself, the log keeps what it has.
  ///
  /// - Returns: Whether all of it was folded in.
  @discardableResult
  func giveRoomBack() -> Bool {
    (try? pool.writeWithoutTransaction(StateDatabase.emptyLog)) ?? false
  }

  /// Folds the write-ahead log into the database and closes it: one file holds it all then.
  package func close() throws(StateStoreError) {
    do {
      // SQLite does this when the last connection goes, but that is a reader here, which may not.
      // When it fails (a full disk) nothing is lost: the next opening reads the log.
      try? pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      try pool.close()
      StateDatabase.removeLog(files)
    } catch {
      throw StateStoreError(error, path: path)
    }
  }

  private func check(_ batch: StateBatch) throws(StateStoreError) {
    guard batch.durableSequence < nextSequence else {
      throw outOfOrder("line \(batch.durableSequence) was never committed")
    }
    for (index, document) in batch.documents.enumerated() {
      let expected = nextDocument + UInt32(index)
      guard document.document == expected else {
        throw outOfOrder("document \(document.document) came where \(expected) was expected")
      }
    }
  }

  private func outOfOrder(_ reason: String) -> StateStoreError {
    StateStoreError(.outOfOrder, path, reason, remedy: "report this as a defect")
  }

  /// Throws when the database is not under its name any more: what is written to a file that has
  /// none is gone with the process.
  package func checkName() throws(StateStoreError) {
    guard identity != nil, files.databaseIdentity != identity else { return }
    throw StateStoreError(
      .replaced, path, "it was deleted, moved or replaced under the running daemon",
      remedy: "bring it back to its place, or restart the daemon to go on with what is there")
  }

  func write(_ body: (Database) throws -> Void) throws(StateStoreError) {
    try checkName()
    var systemError: Int32 = 0
    do {
      try pool.writeWithoutTransaction { database in
        do {
          try database.inTransaction(.immediate) {
            try body(database)
            return .commit
          }
        } catch {
          systemError = database.systemError
          throw error
        }
      }
    } catch {
      let failure = StateStoreError(error, path: path, systemError: systemError)
      // A quota is not seen before it is used up; the next try may find room then.
      if failure.code == .full { giveRoomBack() }
      throw failure
    }
  }
}
