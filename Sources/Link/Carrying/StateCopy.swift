// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion
internal import StateStore

/// Carries what the state remembers where the log does not go back far enough: the documents as
/// they are grouped now, without matches and mergers, which the log alone tells.
///
/// All of it counts as the state's last record; the log is carried from there.
struct StateCopy {
  private let database: PostgresConnection
  private let name: HostName
  private let places: ResultPlaces
  private let patience: Patience

  /// So many documents in a COPY.
  private static let rows = 10_000

  init(
    _ database: PostgresConnection, host: HostName, _ places: ResultPlaces, _ patience: Patience
  ) {
    self.database = database
    name = host
    self.places = places
    self.patience = patience
  }

  func run() throws {
    try LinkSchema.migrate(database)
    let found = try HostEntry.find(name.name, database)
    let entry = try found ?? HostEntry.create(name.name, database)
    try LinkSession.lock(entry, database, patience)
    try HostRemoval(database: database, host: entry.host).run(withHost: false)
    let state = try StateReader.open(directory: places.stateDirectory)
    let remembered = try state.snapshot { try RememberedDocuments($0) }
    try copy(remembered, of: entry)
    // The position comes last: until then the host counts as one that has not begun.
    try database.run(
      """
      UPDATE neardup.hosts SET seq = $2, seq_time = now(), expired_through = $3 WHERE host = $1
      """, ["\(entry.host)", "\(remembered.sequence)", "\(remembered.expiredThrough)"])
    StandardOutput.tell(
      "\(remembered.documents.count) documents from the state, as of record "
        + "\(remembered.sequence)", as: "neardup-link")
  }

  private func copy(_ remembered: RememberedDocuments, of entry: HostEntry) throws {
    var batch = RecordBatch()
    let rows = RecordRows(host: entry.host)
    func carry() throws {
      try database.run("BEGIN")
      let documents = rows.documents(of: batch)
      if !documents.isEmpty { try database.copy(RecordRows.documents, documents) }
      try Carrier(database, entry, places).found(batch)
      try database.run("COMMIT")
      batch = RecordBatch()
      if patience.isStopped { throw PostgresError.stopped }
    }
    for document in remembered.documents {
      batch.take(
        LoggedRecord(
          sequence: remembered.sequence, time: document.time, record: .assigned(document.assigned)),
        bytes: 0)
      if batch.recordCount >= Self.rows { try carry() }
    }
    if !batch.isEmpty { try carry() }
  }
}
