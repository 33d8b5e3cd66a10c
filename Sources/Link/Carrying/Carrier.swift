// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion

/// Brings batches of one host into the tables, each with the new position in one transaction.
///
/// So a batch is there once or not at all, whatever ends first: the link, the server, or what is
/// between them.
struct Carrier {
  let database: PostgresConnection
  private let places: ResultPlaces
  private(set) var entry: HostEntry

  /// Expired rows are deleted so many at a time: no statement is to take longer than others wait.
  private static let purgedRows = 5_000

  init(_ database: PostgresConnection, _ entry: HostEntry, _ places: ResultPlaces) {
    self.database = database
    self.places = places
    self.entry = entry
  }

  private var host: String { "\(entry.host)" }

  mutating func carry(_ batch: RecordBatch) throws {
    guard let last = batch.lastSequence else { return }
    if batch.expiredThrough > 0 { try purge(through: batch.expiredThrough) }
    try database.run("BEGIN")
    do {
      let moved = try database.run(
        """
        UPDATE neardup.hosts SET seq = $3, seq_time = $4,
          expired_through = greatest(expired_through, $5::integer)
        WHERE host = $1 AND seq = $2
        """,
        [
          host, "\(entry.sequence)", "\(last)", LogTime.text(batch.lastTime),
          "\(batch.expiredThrough)",
        ])
      guard moved.changed == 1 else {
        throw PostgresError(
          .refused, "the position of host \(entry.name) is not where this link left it")
      }
      try revise(batch)
      try insert(batch)
      let fleet = try FleetOffer(database, host: entry.host, places)
      try fleet.put(batch)
      try forget(batch)
      try fleet.putSuccessors(batch)
      try database.run("COMMIT")
    } catch {
      _ = try? database.run("ROLLBACK")
      throw error
    }
    entry.sequence = last
    entry.time = batch.lastTime
  }

  private func insert(_ batch: RecordBatch) throws(PostgresError) {
    let rows = RecordRows(host: entry.host)
    let documents = rows.documents(of: batch)
    if !documents.isEmpty { try database.copy(RecordRows.documents, documents) }
    let others = rows.others(of: batch)
    if !others.isEmpty { try database.copy(RecordRows.others, others) }
    try found(batch)
  }

  /// Clusters and stories that are met for the first time, and those that were folded.
  func found(_ batch: RecordBatch) throws(PostgresError) {
    try found(batch.clusters, "cluster", "clusters")
    try found(batch.stories, "story", "stories")
  }

  private func found(
    _ level: RecordBatch.Regrouping, _ column: String, _ table: String
  ) throws(PostgresError) {
    if !level.founded.isEmpty {
      let sorted = level.founded.sorted { $0.key < $1.key }
      try database.run(
        """
        INSERT INTO neardup.\(table) (host, \(column), since)
        SELECT $1::integer, * FROM unnest($2::integer[], $3::timestamptz[])
        ON CONFLICT DO NOTHING
        """,
        [
          host, SQLText.list(sorted.map(\.key)),
          SQLText.list(texts: sorted.map { LogTime.text($0.value) }),
        ])
    }
    if !level.folds.isEmpty {
      let sorted = level.folds.sorted { $0.key < $1.key }
      try database.run(
        """
        UPDATE neardup.\(table) g SET absorbed_into = f.survivor, absorbed_seq = f.seq
        FROM unnest($2::integer[], $3::integer[], $4::bigint[]) f (absorbed, survivor, seq)
        WHERE g.host = $1::integer AND g.\(column) = f.absorbed
        """,
        [
          host, SQLText.list(sorted.map(\.key)), SQLText.list(sorted.map(\.value.survivor)),
          "{" + sorted.map { "\($0.value.sequence)" }.joined(separator: ",") + "}",
        ])
    }
  }

  /// What the batch changes in documents that were there before.
  private func revise(_ batch: RecordBatch) throws(PostgresError) {
    for (column, level) in [("cluster", \RecordBatch.clusters), ("story", \RecordBatch.stories)] {
      let regrouping = batch[keyPath: level]
      let folds = regrouping.folds.keys.sorted()
      try assign(column, folds.map { ($0, regrouping.survivor(of: $0)) }, where: column)
      // Moves behind mergers: a document that has left a group is not folded with it.
      try assign(column, batch.moves(of: level), where: "document")
    }
  }

  private func assign(
    _ column: String, _ pairs: [(UInt32, UInt32)], where key: String
  ) throws(PostgresError) {
    if pairs.isEmpty { return }
    try database.run(
      """
      UPDATE neardup.documents d SET \(column) = f.new
      FROM unnest($2::integer[], $3::integer[]) f (old, new)
      WHERE d.host = $1::integer AND d.\(key) = f.old
      """,
      [host, SQLText.list(pairs.map(\.0)), SQLText.list(pairs.map(\.1))])
  }

  // MARK: Leaving

  private func forget(_ batch: RecordBatch) throws(PostgresError) {
    var left: [[String?]] = []
    if !batch.removed.isEmpty { left = try remove(batch.removed) }
    guard batch.expiredThrough > 0 || !left.isEmpty else { return }
    for (place, (table, column)) in [("clusters", "cluster"), ("stories", "story")].enumerated() {
      let groups = Set(left.compactMap { $0[place].flatMap { UInt32($0) } })
      try dropEmpty(table, column, through: batch.expiredThrough, or: groups)
    }
  }

  /// Deletes documents that were forgotten, and their names where refusals tell them.
  ///
  /// - Returns: The cluster and the story that each was in.
  private func remove(_ removed: [Removed]) throws(PostgresError) -> [[String?]] {
    let left = try database.run(
      """
      DELETE FROM neardup.documents WHERE host = $1 AND document = ANY ($2::integer[])
      RETURNING cluster, story
      """, [host, SQLText.list(removed.map(\.document))])
    let paths = removed.map { MemberPath.file($0.path) }
    try database.run(
      """
      UPDATE neardup.other_records r
      SET path = $4, path_bytes = NULL, member = NULL
      FROM unnest($2::text[], $3::text[]) f (path, drop_directory)
      WHERE r.host = $1::integer AND r.event = 'skipped' AND r.path = f.path
        AND r.drop_directory IS NOT DISTINCT FROM f.drop_directory
        AND NOT EXISTS (
          SELECT 1 FROM neardup.documents d WHERE d.host = r.host AND d.path = r.path
            AND d.drop_directory IS NOT DISTINCT FROM r.drop_directory)
      """,
      [
        host, SQLText.list(texts: paths.map { String(decoding: $0, as: UTF8.self) }),
        SQLText.list(texts: removed.map { $0.drop.map { String(decoding: $0, as: UTF8.self) } }),
        String(decoding: LogRedaction.forgottenPath, as: UTF8.self),
      ])
    return left.rows
  }

  /// Deletes what is beyond the horizon, before the record that tells of it counts as carried: what
  /// is interrupted is done again.
  private func purge(through document: UInt32) throws(PostgresError) {
    while true {
      let deleted = try database.run(
        """
        DELETE FROM neardup.documents WHERE host = $1 AND document = ANY (ARRAY(
          SELECT document FROM neardup.documents WHERE host = $1 AND document <= $2::integer
          ORDER BY document LIMIT \(Self.purgedRows)))
        """, [host, "\(document)"])
      if deleted.changed == 0 { return }
    }
  }

  /// Deletes clusters, or stories, that no document is in any more.
  private func dropEmpty(
    _ table: String, _ column: String, through last: UInt32, or groups: Set<UInt32>
  ) throws(PostgresError) {
    try database.run(
      """
      DELETE FROM neardup.\(table) g WHERE g.host = $1::integer
        AND (g.\(column) <= $2::integer OR g.\(column) = ANY ($3::integer[]))
        AND CASE WHEN g.absorbed_into IS NULL THEN NOT EXISTS (
            SELECT 1 FROM neardup.documents d WHERE d.host = g.host AND d.\(column) = g.\(column))
          ELSE NOT EXISTS (
            SELECT 1 FROM neardup.\(table) s
            WHERE s.host = g.host AND s.\(column) = g.absorbed_into) END
      """, [host, "\(last)", SQLText.list(groups.sorted())])
  }
}
