// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Deletes what the database has of a host, a little at a time; to be run again when it was
/// interrupted.
struct HostRemoval {
  let database: PostgresConnection
  /// The number of the host, whose lock is held.
  let host: Int

  private static let rows = 20_000

  /// - Parameter withHost: whether the host itself goes as well; else it begins anew.
  func run(withHost: Bool) throws(PostgresError) {
    // First of all: what is half deleted must not be taken for all up to a record.
    try database.run(
      """
      UPDATE neardup.hosts SET seq = 0, seq_time = NULL, expired_through = 0 WHERE host = $1
      """, ["\(host)"])
    try FleetBackfill.reset(database, host: host)
    for (table, key) in [
      ("documents", "document"), ("other_records", "seq"), ("clusters", "cluster"),
      ("stories", "story"),
    ] {
      while true {
        let deleted = try database.run(
          """
          DELETE FROM neardup.\(table) WHERE host = $1 AND \(key) = ANY (ARRAY(
            SELECT \(key) FROM neardup.\(table) WHERE host = $1 ORDER BY \(key) LIMIT \(Self.rows)))
          """, ["\(host)"])
        if deleted.changed == 0 { break }
      }
    }
    if withHost { try database.run("DELETE FROM neardup.hosts WHERE host = $1", ["\(host)"]) }
  }
}
