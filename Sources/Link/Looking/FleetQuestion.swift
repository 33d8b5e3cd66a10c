// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion

/// A look at the fleet: a connection that reads alone, and what is asked over it.
struct FleetQuestion {
  let database: PostgresConnection

  /// A question may go over all documents.
  private static let time = Duration.seconds(600)

  init(_ settings: ConnectionSettings, _ patience: Patience) throws {
    database = try PostgresConnection(settings, patience)
    let found = try LinkSchema.versionFound(database)
    guard found >= LinkSchema.fleetVersion else {
      throw LinkFailure(
        .configuration,
        "the tables are of version \(found), fleet clusters came with \(LinkSchema.fleetVersion); "
          + "run neardup-link migrate with a newer neardup-link")
    }
    try database.run(
      "SET default_transaction_read_only = on; SET statement_timeout = '600s'; "
        + "SET lock_timeout = '10s'")
  }

  func rows(_ query: String, _ parameters: [String?] = []) throws(PostgresError) -> [[String?]] {
    try database.run(query, parameters, within: Self.time).rows
  }

  /// The rows of a query as a JSON array of objects, keys as the columns are called.
  func json(_ query: String, _ parameters: [String?] = []) throws(PostgresError) -> String {
    try database.run(
      "SELECT coalesce(jsonb_pretty(jsonb_agg(to_jsonb(r))), '[]') FROM (\(query)) r", parameters,
      within: Self.time
    ).value ?? "[]"
  }

  /// Microseconds since the epoch of a column.
  static func microseconds(_ column: String) -> String {
    "(extract(epoch FROM \(column)) * 1000000)::bigint"
  }

  /// The fleet cluster that one is in now: itself, or what it was folded into.
  func survivor(of cluster: UInt32) throws(PostgresError) -> UInt32? {
    try rows(
      """
      WITH RECURSIVE chain AS (
        SELECT c.fleet_cluster, c.absorbed_into FROM neardup.fleet_clusters c
        WHERE c.fleet_cluster = $1
        UNION ALL
        SELECT n.fleet_cluster, n.absorbed_into FROM chain
        JOIN neardup.fleet_clusters n ON n.fleet_cluster = chain.absorbed_into
      ) SELECT fleet_cluster FROM chain WHERE absorbed_into IS NULL
      """, ["\(cluster)"]
    ).first?[0].flatMap { UInt32($0) }
  }
}

/// Times and names of rows as people read them.
enum FleetText {
  static func number(_ field: String?) -> Int { field.flatMap { Int($0) } ?? 0 }

  static func count(_ field: String?) -> String { ReportText.count(number(field)) }

  static func times(_ fields: [String?], _ style: OutputStyle) -> [String] {
    ReportText.times(fields.map { Int64(number($0)) }, style)
  }

  static func name(_ field: String?) -> String { field.map { TerminalText.safe($0) } ?? "" }

  /// A path with the member of a container behind it.
  static func path(_ path: String?, _ member: String?) -> String {
    name(path) + (member.map { TerminalText.memberSeparator + TerminalText.safe($0) } ?? "")
  }
}
