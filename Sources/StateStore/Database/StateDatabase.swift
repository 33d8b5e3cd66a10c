// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

/// Opening the state database: made when missing, refused when it is not ours to read.
enum StateDatabase {
  /// In bytes. Documents and tokens (1.7 KB) come in order of their numbers and like large pages:
  /// 4 KiB costs a fifth of the commit rate against 8. Paths come in any order, and each dirties a
  /// page of `files`: 16 KiB writes a third more to the disk for them than 8. Measured on 100,000
  /// documents in batches of 256, with paths in order and with hashed paths.
  static let pageSize = 8192

  /// After how many pages in the write-ahead log it is folded in: 32 MB. Against SQLite's 1000
  /// this writes a fifth less, since a page of `files` is dirtied many times in between.
  private static let checkpointPages = 4000

  /// How many threads may look things up at the same time; the intake's workers are few.
  private static let readers = 4

  /// For the writer, the inner pages of `files`, whose keys arrive in any order; in KiB.
  private static let writerCache = 8 << 10

  /// For each reader; look-ups are of single rows and the kernel caches the file as well; in KiB.
  private static let readerCache = 1 << 10

  /// The log goes back to this size after a burst; in bytes.
  private static let logSizeLimit = 64 << 20

  /// How long to wait for another process, a backup or `neardup`; in seconds.
  private static let busyTimeout = 5.0

  /// Opens the database for writing, and makes it first when it is missing.
  static func open(
    _ files: StateFiles, schemeVersion: Int
  ) throws(StateStoreError) -> DatabasePool {
    let text = try files.text(of: files.database)
    if try !isThere(files) { try create(files, schemeVersion: schemeVersion) }
    files.prepareLogIndex()
    do {
      let pool = try DatabasePool(path: text, configuration: configuration())
      try pool.writeWithoutTransaction { database in
        // GRDB turns this down to NORMAL for WAL, which may lose the last commits in a power cut.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        try checkVersion(version, files)
        guard version < Schema.version else { return }
        try Schema.migrate(database, from: version)
        // The version has to be in the file's header, where an older daemon looks for it.
        try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
      try checkScheme(schemeVersion, pool, files)
      return pool
    } catch {
      throw StateStoreError(error, path: files.database)
    }
  }

  /// Has SQLite take away its write-ahead log and the index of that, which are empty when all is
  /// folded in: somebody who copies the database of a stopped daemon has all of it then.
  ///
  /// Only the last connection does, and only one that may write; where another process still
  /// reads, or the disk is full, they stay and do no harm.
  static func removeLog(_ files: StateFiles) {
    guard let queue = try? DatabaseQueue(path: files.existingAddress) else { return }
    try? queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try? RetiredConnections.retire(queue)
  }

  /// Folds the write-ahead log in and cuts it to nothing, unless somebody reads what is in it.
  ///
  /// - Returns: Whether that could be done.
  static func emptyLog(_ database: Database) throws -> Bool {
    // Readers of other processes may take minutes: the next time will do.
    try database.execute(sql: "PRAGMA busy_timeout = 0")
    defer { try? database.execute(sql: "PRAGMA busy_timeout = \(Int(busyTimeout * 1_000))") }
    return try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
  }

  /// Opens the database for reading only, for another process than the daemon.
  static func openReader(
    _ files: StateFiles, schemeVersion: Int?
  ) throws(StateStoreError) -> DatabasePool {
    let text = try files.text(of: files.database)
    let isThere: Bool
    do throws(StateStoreError) {
      isThere = try self.isThere(files)
    } catch {
      throw error.ofReader
    }
    guard isThere else {
      throw StateStoreError(
        .cannotOpen, files.database, "there is no such file",
        remedy: "start the daemon once, or name another directory with --state-directory")
    }
    do {
      let pool = try readerOrUnchanging(text, files)
      if let schemeVersion { try checkScheme(schemeVersion, pool, files) }
      return pool
    } catch {
      throw StateStoreError(error, path: files.database).ofReader
    }
  }

  /// Opens one more connection for reading to a database that is open for writing.
  static func openConnection(_ files: StateFiles) throws(StateStoreError) -> DatabaseQueue {
    let text = try files.text(of: files.database)
    var configuration = configuration()
    configuration.readonly = true
    do {
      return try DatabaseQueue(path: text, configuration: configuration)
    } catch {
      throw StateStoreError(error, path: files.database)
    }
  }

  /// A write-ahead log needs files beside the database, which a directory or a medium that this
  /// user cannot write refuses. Without one nobody writes, and the database is all there is.
  private static func readerOrUnchanging(_ text: String, _ files: StateFiles) throws -> DatabasePool
  {
    do {
      return try reader(text)
    } catch {
      guard !files.hasPendingLog, let unchanging = try? reader(files.unchangingAddress) else {
        throw error
      }
      return unchanging
    }
  }

  private static func reader(_ path: String) throws -> DatabasePool {
    var configuration = configuration()
    configuration.readonly = true
    let pool = try DatabasePool(path: path, configuration: configuration)
    // Whether it can be read at all shows with the first page.
    _ = try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
    return pool
  }

  /// Whether the file is there; one that is there and is not ours is refused.
  private static func isThere(_ files: StateFiles) throws(StateStoreError) -> Bool {
    guard let bytes = try files.databaseHeader() else { return false }
    guard let header = DatabaseHeader(bytes), header.applicationID == Schema.applicationID else {
      throw StateStoreError(
        .foreign, files.database, "is not a state database of neardupd",
        remedy: "move it away, or name another directory with --state-directory")
    }
    try checkVersion(Int(header.userVersion), files)
    return true
  }

  private static func checkScheme(
    _ expected: Int, _ pool: DatabasePool, _ files: StateFiles
  ) throws {
    let found = try pool.read { try Meta.schemeVersion.fetch($0).map(Int.init) ?? 0 }
    guard found == expected else { throw otherScheme(files, found: found, expected: expected) }
  }

  private static func checkVersion(_ version: Int, _ files: StateFiles) throws(StateStoreError) {
    guard version > Schema.version else { return }
    throw StateStoreError(
      .newerVersion(found: version, supported: Schema.version), files.database,
      "its version is \(version), this daemon knows versions up to \(Schema.version)",
      remedy: "install a newer neardupd, or name another directory with --state-directory")
  }

  private static func otherScheme(
    _ files: StateFiles, found: Int, expected: Int
  ) -> StateStoreError {
    StateStoreError(
      .otherScheme(found: found, expected: expected), files.database,
      "its fingerprints are of scheme \(found), this daemon makes scheme \(expected)",
      remedy: "run the version that made it, or begin anew with another state directory")
  }

  /// Makes the database under another name, so that no half-made one is ever found.
  private static func create(
    _ files: StateFiles, schemeVersion: Int
  ) throws(StateStoreError) {
    files.removeUnfinished()
    let text = try files.text(of: files.unfinished)
    do {
      var configuration = Configuration()
      configuration.prepareDatabase { database in
        // Before there is a table: it decides how the file is laid out.
        try database.execute(
          sql: "PRAGMA page_size = \(pageSize); PRAGMA auto_vacuum = INCREMENTAL")
      }
      let queue = try DatabaseQueue(path: text, configuration: configuration)
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        try Schema.migrate(database, from: 0)
        try Meta.schemeVersion.store(Int64(schemeVersion), database)
      }
      try RetiredConnections.retire(queue)
    } catch {
      files.removeUnfinished()
      throw StateStoreError(error, path: files.database)
    }
    try files.adoptUnfinished()
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.label = "neardupd.state"
    configuration.foreignKeysEnabled = false
    configuration.maximumReaderCount = readers
    configuration.busyMode = .timeout(busyTimeout)
    configuration.prepareDatabase { database in
      let cache = database.configuration.readonly ? readerCache : writerCache
      // No memory map: a failing disk would then be a signal (SIGBUS), not an error.
      try database.execute(
        sql: """
          PRAGMA cache_size = -\(cache);
          PRAGMA mmap_size = 0;
          PRAGMA wal_autocheckpoint = \(checkpointPages);
          PRAGMA journal_size_limit = \(logSizeLimit);
          PRAGMA cell_size_check = ON;
          PRAGMA trusted_schema = OFF;
          PRAGMA temp_store = MEMORY;
          """)
    }
    return configuration
  }
}
