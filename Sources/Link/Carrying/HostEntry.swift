// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A host as the database knows it.
package struct HostEntry: Sendable, Equatable {
  /// Its number.
  package var host: Int
  package var name: String
  /// The last record that was carried; 0 for none.
  package var sequence: UInt64
  /// The time of that record, microseconds since the epoch.
  package var time: Int64?
  /// Whether all its clusters were given to the fleet.
  package var isFleetReady: Bool

  private static let columns =
    "host, name, seq, (extract(epoch FROM seq_time) * 1000000)::bigint, fleet_ready"

  private init?(_ row: [String?]) {
    guard row.count == 5, let host = row[0].flatMap({ Int($0) }), let name = row[1],
      let sequence = row[2].flatMap({ UInt64($0) })
    else { return nil }
    self.host = host
    self.name = name
    self.sequence = sequence
    time = row[3].flatMap { Int64($0) }
    isFleetReady = row[4] == "t"
  }

  /// All hosts, by name.
  package static func all(_ database: PostgresConnection) throws(PostgresError) -> [HostEntry] {
    try database.run("SELECT \(columns) FROM neardup.hosts ORDER BY name").rows
      .compactMap { HostEntry($0) }
  }

  /// The host of that name; nil when there is none.
  package static func find(
    _ name: String, _ database: PostgresConnection
  ) throws(PostgresError) -> HostEntry? {
    try database.run("SELECT \(columns) FROM neardup.hosts WHERE name = $1", [name]).rows.first
      .flatMap { HostEntry($0) }
  }

  /// Makes the host, unless somebody has in this moment.
  static func create(
    _ name: String, _ database: PostgresConnection
  ) throws(PostgresError) -> HostEntry {
    try database.run(
      "INSERT INTO neardup.hosts (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", [name])
    guard let made = try find(name, database) else {
      throw PostgresError(.refused, "the host \(name) went away while it was made")
    }
    return made
  }

  /// Takes the lock of the host, which goes with the connection.
  ///
  /// - Returns: Who has it; nil when this connection does.
  func lock(_ database: PostgresConnection) throws(PostgresError) -> String? {
    let keys = ["\(LinkSchema.lockClass)", "\(host)"]
    let taken = try database.run(
      "SELECT pg_try_advisory_lock($1::integer, $2::integer)", keys)
    if taken.value == "t" { return nil }
    let holder = try database.run(
      """
      SELECT a.pid, coalesce(a.client_addr::text, 'this server''s own host')
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
        AND l.classid::bigint = $1 AND l.objid::bigint = $2
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """, keys)
    guard let row = holder.rows.first, let process = row[0], let place = row[1] else {
      return "another link"
    }
    return "another link, from \(place) (process \(process) of the server)"
  }
}
