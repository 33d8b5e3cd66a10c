// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Companion

/// Gives the fleet the clusters that a host had before it linked, or has again since it was
/// restored.
///
/// By and by, with its position in each transaction, so that it may be interrupted.
struct FleetBackfill {
  let database: PostgresConnection
  let places: ResultPlaces
  let patience: Patience

  /// So many documents are looked at in a transaction.
  private static let rows = 2_000

  /// - Returns: The host as it is then.
  func run(_ entry: HostEntry) throws -> HostEntry {
    if entry.isFleetReady { return entry }
    let offer = try FleetOffer(database, host: entry.host, places)
    var isDone = false
    while !isDone {
      if patience.isStopped { throw PostgresError.stopped }
      try database.run("BEGIN")
      do {
        isDone = try step(entry.host, offer)
        try database.run("COMMIT")
      } catch {
        _ = try? database.run("ROLLBACK")
        throw error
      }
    }
    var ready = entry
    ready.isFleetReady = true
    return ready
  }

  /// - Returns: Whether that was all.
  private func step(_ host: Int, _ offer: FleetOffer) throws -> Bool {
    let found = try database.run(
      """
      SELECT d.document, d.cluster, (extract(epoch FROM d.time) * 1000000)::bigint,
        d.relation <> 'identical' AND (SELECT count(*) FROM (
          SELECT 1 FROM neardup.documents e WHERE e.host = d.host AND e.cluster = d.cluster
            AND e.document < d.document LIMIT \(FleetOffer.textsOfCluster)) x)
          < \(FleetOffer.textsOfCluster)
      FROM neardup.documents d
      WHERE d.host = $1 AND d.document > (SELECT fleet_through FROM neardup.hosts WHERE host = $1)
      ORDER BY d.document LIMIT \(Self.rows)
      """, ["\(host)"])
    var rows = FleetOffer.Rows(host: host)
    for row in found.rows where row[3] == "t" {
      guard let document = row[0].flatMap({ UInt32($0) }), let time = row[2].flatMap({ Int64($0) }),
        let tokens = try offer.tokens(document)
      else { continue }
      rows.append(
        .text, document, cluster: row[1].flatMap { UInt32($0) }, time: time, tokens: tokens)
    }
    try offer.send(rows)
    guard let last = found.rows.last?[0] else {
      try database.run("UPDATE neardup.hosts SET fleet_ready = true WHERE host = $1", ["\(host)"])
      return true
    }
    try database.run(
      "UPDATE neardup.hosts SET fleet_through = $2 WHERE host = $1", ["\(host)", last])
    return false
  }

  /// All that the fleet has of a host goes; what the tables have of it is given anew.
  static func reset(_ database: PostgresConnection, host: Int) throws(PostgresError) {
    try database.run("DELETE FROM neardup.fleet_queue WHERE host = $1", ["\(host)"])
    try database.run(
      "INSERT INTO neardup.fleet_queue (time, host, change) VALUES (now(), $1, 'reset')",
      ["\(host)"])
    try database.run(
      "UPDATE neardup.hosts SET fleet_ready = false, fleet_through = 0 WHERE host = $1",
      ["\(host)"])
    try database.run("NOTIFY \(FleetOffer.channel)")
  }
}
