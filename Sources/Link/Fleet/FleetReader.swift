// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// What deciding asks the database: a handful of statements for some hundred changes, each of which
/// finds its rows by an index.
struct FleetReader {
  /// The statements that are run for each batch of changes, as `EXPLAIN` is shown them.
  enum Statement {
    static let changes = """
      WITH RECURSIVE waiting AS (
        (SELECT host FROM neardup.fleet_queue ORDER BY host LIMIT 1)
        UNION ALL
        SELECT (SELECT n.host FROM neardup.fleet_queue n WHERE n.host > w.host
          ORDER BY n.host LIMIT 1)
        FROM waiting w WHERE w.host IS NOT NULL
      )
      SELECT \(FleetChange.columns) FROM waiting w
      CROSS JOIN LATERAL (
        SELECT * FROM neardup.fleet_queue q WHERE q.host = w.host ORDER BY q.id LIMIT $1::integer
      ) q
      WHERE w.host IS NOT NULL ORDER BY q.id
      """
    static let homes = """
      SELECT \(FleetMember.columns)
      FROM unnest($1::integer[], $2::integer[]) h (host, cluster)
      JOIN neardup.fleet_members m ON m.host = h.host AND m.cluster = h.cluster
      """
    static let documents = """
      SELECT \(FleetMember.columns)
      FROM unnest($1::integer[], $2::integer[]) h (host, document)
      JOIN neardup.fleet_members m ON m.host = h.host AND m.document = h.document
      """
    /// Without a lateral join, so that it can be sent to where the keys are: of each there are few.
    static let keys = """
      SELECT k.key, k.text FROM (
        SELECT f.key, f.text, row_number() OVER (PARTITION BY f.key ORDER BY f.text) AS place
        FROM neardup.fleet_keys f WHERE f.key = ANY ($1::bigint[])
      ) k WHERE k.place <= \(LookUpKeys.textsPerKey + 1)
      """
    static let texts = """
      SELECT \(FleetMember.columns) FROM neardup.fleet_members m
      WHERE m.text = ANY ($1::integer[])
      """
    static let representatives = """
      SELECT \(FleetMember.columns) FROM unnest($1::integer[]) g (fleet_cluster)
      CROSS JOIN LATERAL (
        SELECT * FROM neardup.fleet_members r WHERE r.fleet_cluster = g.fleet_cluster
        ORDER BY r.text LIMIT \(FleetBoard.representatives)
      ) m
      """
    static let tokens = """
      SELECT text, tokens FROM neardup.fleet_texts WHERE text = ANY ($1::integer[])
      """
    static let fold =
      "UPDATE neardup.fleet_members SET fleet_cluster = $2 WHERE fleet_cluster = $1"
  }

  let database: PostgresConnection

  /// The next changes of all hosts, each host's in its order, some of each.
  func changes(ofEachHost limit: Int) throws(PostgresError) -> [FleetChange] {
    try database.run(Statement.changes, ["\(limit)"]).rows.compactMap { FleetChange($0) }
  }

  func members(of homes: Set<HostCluster>) throws(PostgresError) -> [FleetMember] {
    try members(Statement.homes, homes)
  }

  /// - Parameter documents: the numbers of documents in place of those of clusters.
  func members(ofDocuments documents: Set<HostCluster>) throws(PostgresError) -> [FleetMember] {
    try members(Statement.documents, documents)
  }

  private func members(
    _ statement: String, _ pairs: Set<HostCluster>
  ) throws(PostgresError) -> [FleetMember] {
    if pairs.isEmpty { return [] }
    let sorted = Array(pairs)
    return try rows(
      statement,
      [
        SQLText.list(sorted.map { UInt32(clamping: $0.host) }), SQLText.list(sorted.map(\.cluster)),
      ])
  }

  func members(_ texts: Set<UInt32>) throws(PostgresError) -> [FleetMember] {
    texts.isEmpty ? [] : try rows(Statement.texts, [SQLText.list(texts.sorted())])
  }

  func representatives(of clusters: Set<UInt32>) throws(PostgresError) -> [FleetMember] {
    clusters.isEmpty ? [] : try rows(Statement.representatives, [SQLText.list(clusters.sorted())])
  }

  /// The texts that are listed under keys.
  func listed(_ keys: Set<Int64>) throws(PostgresError) -> [Int64: [UInt32]] {
    var found: [Int64: [UInt32]] = [:]
    if keys.isEmpty { return found }
    for row in try database.run(Statement.keys, [SQLText.list(large: keys.sorted())]).rows {
      guard let key = row[0].flatMap({ Int64($0) }), let text = row[1].flatMap({ UInt32($0) })
      else { continue }
      found[key, default: []].append(text)
    }
    return found
  }

  private func rows(
    _ statement: String, _ parameters: [String]
  ) throws(PostgresError) -> [FleetMember] {
    try database.run(statement, parameters).rows.compactMap { FleetMember($0) }
  }
}
