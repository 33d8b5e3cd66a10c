// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion
internal import StateStore

/// Whether what the database has of a host is of the collection that is in the state here.
///
/// What both say of a document is their common identity: its number and the microsecond at which it
/// arrived, which no other collection gave to a document of that number (see `PairIdentity` of the
/// companion, which tells state and log apart in the same way).
struct CollectionIdentity {
  /// So many documents are compared: some may have been forgotten.
  private static let compared = 8

  let places: ResultPlaces
  let database: PostgresConnection

  /// What was found.
  enum Finding: Equatable {
    case same
    /// The database has records that the state never gave out, or gave out anew.
    case restored(String)
  }

  /// Compares the state with what was carried of the host.
  ///
  /// - Returns: `.same` as well where the state cannot be read: the log alone is read then.
  func compare(_ entry: HostEntry) throws -> Finding {
    guard entry.sequence > 0, let state = try? open() else { return .same }
    let last = try state.snapshot { try $0.lastSequence() }
    if last < entry.sequence {
      return .restored(
        "the database has record \(entry.sequence) of it, and the state gave out \(last)")
    }
    let newest = try database.run(
      """
      SELECT document, (extract(epoch FROM time) * 1000000)::bigint FROM neardup.documents
      WHERE host = $1 ORDER BY document DESC LIMIT \(Self.compared)
      """, ["\(entry.host)"])
    for row in newest.rows {
      guard row.count == 2, let document = row[0].flatMap({ UInt32($0) }),
        let carried = row[1].flatMap({ Int64($0) }), let stored = try state.document(document)
      else { continue }
      if stored.arrived == carried { return .same }
      return .restored(
        "document \(document) arrived at \(LogTime.text(carried)) by the database, at "
          + "\(LogTime.text(stored.arrived)) by the state")
    }
    return .same
  }

  /// The name under which the database has this collection already; nil when it has not.
  func knownName() throws -> String? {
    guard let state = try? open() else { return nil }
    var own: [(UInt32, Int64)] = []
    try state.forEachTrace(limit: Self.compared) { own.append(($0.document, $0.arrived)) }
    if own.isEmpty { return nil }
    return try database.run(
      """
      SELECT h.name FROM neardup.hosts h
      CROSS JOIN unnest($1::integer[], $2::timestamptz[]) own (document, time)
      JOIN neardup.documents d
        ON d.host = h.host AND d.document = own.document AND d.time = own.time
      ORDER BY h.host LIMIT 1
      """, [SQLText.list(own.map(\.0)), SQLText.list(texts: own.map { LogTime.text($0.1) })]
    ).value
  }

  private func open() throws(StateStoreError) -> StateReader {
    try StateReader.open(directory: places.stateDirectory)
  }
}
