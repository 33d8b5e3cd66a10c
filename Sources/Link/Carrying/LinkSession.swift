// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion

/// One connection's time: the host is found or made, locked and compared, and its records are
/// carried until the connection, or the link, ends.
struct LinkSession: ~Copyable {
  /// What a session tells while it works.
  struct Progress: Sendable, Equatable {
    var host: String
    /// The last record that was carried.
    var sequence: UInt64
    /// How many records, and documents among them, this batch had.
    var records: Int
    var documents: Int
  }

  /// A batch ends at so many records or bytes of lines: some megabytes of rows at most are under
  /// way at a time, and a batch takes well below a second.
  static let recordLimit = 8_192
  static let byteLimit = 8 << 20

  /// How long a link that has just gone may keep the host's lock.
  private static let lockPatience = 20

  private let database: PostgresConnection
  private let places: ResultPlaces
  private let patience: Patience
  private var carrier: Carrier
  private var stream: RecordStream

  /// Begins a session: what can be refused is refused here.
  init(
    _ database: PostgresConnection, host: HostName, _ places: ResultPlaces, _ patience: Patience
  ) throws {
    try Self.prepareTables(database)
    var entry = try Self.entry(host, database, places)
    try Self.lock(entry, database, patience)
    // The position may have moved until the lock was there.
    entry = try HostEntry.find(entry.name, database) ?? entry
    try Self.requireSame(entry, database, places)
    entry = try FleetBackfill(database: database, places: places, patience: patience).run(entry)
    self.database = database
    self.places = places
    self.patience = patience
    carrier = Carrier(database, entry, places)
    stream = RecordStream(places.clusterLog, after: entry.sequence, patience)
  }

  var entry: HostEntry { carrier.entry }

  /// Brings the tables to this link's version where it may, and refuses others.
  private static func prepareTables(_ database: PostgresConnection) throws {
    if try LinkSchema.versionFound(database) < LinkSchema.version {
      do {
        try LinkSchema.migrate(database)
      } catch let error as PostgresError where error.kind == .denied {
        try LinkSchema.require(database)
      }
    }
    try LinkSchema.require(database)
  }

  private static func entry(
    _ host: HostName, _ database: PostgresConnection, _ places: ResultPlaces
  ) throws -> HostEntry {
    if let found = try HostEntry.find(host.name, database) { return found }
    let known = try CollectionIdentity(places: places, database: database).knownName()
    if let known, let found = try HostEntry.find(known, database) {
      guard host.isGiven else { return found }
      throw LinkFailure(
        .configuration,
        "the collection in \(TerminalText.safe(places.stateDirectory)) is in the database already, "
          + "as \(TerminalText.safe(known)): leave out --host \(TerminalText.safe(host.name)), or "
          + "take it out first with neardup-link leave --host \(TerminalText.safe(known))")
    }
    return try HostEntry.create(host.name, database)
  }

  /// Waits a little for the lock: a server may not know yet that the link before has gone.
  static func lock(
    _ entry: HostEntry, _ database: PostgresConnection, _ patience: Patience
  ) throws {
    var holder = ""
    for _ in 0..<lockPatience {
      guard let other = try entry.lock(database) else { return }
      holder = other
      guard patience.pause(.milliseconds(250)) else { throw PostgresError.stopped }
    }
    throw LinkFailure(
      .alreadyRunning,
      "\(holder), is at work for host \(TerminalText.safe(entry.name)): stop it, or give this one "
        + "another name with --host")
  }

  private static func requireSame(
    _ entry: HostEntry, _ database: PostgresConnection, _ places: ResultPlaces
  ) throws {
    let identity = CollectionIdentity(places: places, database: database)
    guard case .restored(let reason) = try identity.compare(entry) else { return }
    let name = TerminalText.safe(entry.name)
    throw LinkFailure(
      .configuration,
      "host \(name) is not as it was: \(reason); where its state was restored from a backup, run "
        + "neardup-link restore-host; where this is another collection, give it another name with "
        + "--host")
  }

  /// Carries what is there.
  ///
  /// - Returns: How many records that were.
  mutating func carryPresent(_ tell: (Progress) -> Void) throws -> Int {
    // Somebody may have put an older state in place while the link went on.
    try Self.requireSame(carrier.entry, database, places)
    var batch = RecordBatch()
    var total = 0
    let patience = patience
    var carrier = carrier
    defer { self.carrier = carrier }
    func carry() throws {
      try carrier.carry(batch)
      total += batch.recordCount
      tell(
        Progress(
          host: carrier.entry.name, sequence: carrier.entry.sequence,
          records: batch.recordCount, documents: batch.documents.count))
      batch = RecordBatch()
    }
    do {
      try stream.advance { logged, bytes in
        batch.take(logged, bytes: bytes)
        if batch.recordCount >= Self.recordLimit || batch.byteCount >= Self.byteLimit {
          try carry()
          if patience.isStopped { throw PostgresError.stopped }
        }
      }
    } catch let missing as RecordStream.Missing {
      throw Self.failure(missing, places)
    }
    if !batch.isEmpty { try carry() }
    return total
  }

  /// Waits until there may be more; false when the link is to stop.
  mutating func wait() throws -> Bool {
    patience.beat()
    return try stream.wait()
  }

  private static func failure(
    _ missing: RecordStream.Missing, _ places: ResultPlaces
  ) -> LinkFailure {
    let range = missing.records
    let reasons = missing.unread.isEmpty ? "" : " (\(missing.unread.joined(separator: "; ")))"
    return LinkFailure(
      .configuration,
      "records \(range.lowerBound) to \(range.upperBound) are in no part of "
        + "\(TerminalText.safe(places.clusterLog)) any more\(reasons): bring the part back, or run "
        + "neardup-link join --from-state, which carries what the state remembers")
  }
}
