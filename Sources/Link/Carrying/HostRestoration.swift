// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion

/// Brings the tables of a host back to the last record that they have in common with its log.
struct HostRestoration {
  let database: PostgresConnection
  /// The host, whose lock is held.
  let entry: HostEntry
  let places: ResultPlaces

  /// - Returns: What was done, in words.
  func run() throws -> String {
    let log = LogTimes(places.clusterLog)
    try log.read()
    let (common, isSame) = try lastCommon(log)
    let name = TerminalText.safe(entry.name)
    if isSame { return "host \(name) is as the database has it: nothing to do" }
    guard let common else {
      throw LinkFailure(
        .configuration,
        "the database and \(TerminalText.safe(places.clusterLog)) have no record of host \(name) "
          + "in common: this is another collection; give it another name with --host")
    }
    if try leftSince(common) {
      // What has left the tables cannot be brought back from them.
      try HostRemoval(database: database, host: entry.host).run(withHost: false)
      return "host \(name) begins anew: documents that have left since are remembered again"
    }
    try takeBack(to: common, at: log.times[common])
    return "host \(name) was taken back from record \(entry.sequence) to \(common)"
  }

  /// The last record that both have, and whether it is the last of the database.
  private func lastCommon(_ log: LogTimes) throws -> (UInt64?, Bool) {
    guard let first = log.first, let last = log.last else { return (nil, false) }
    // Records are the same up to one, and all behind it differ: halving finds it.
    var (low, high) = (first - 1, min(last, entry.sequence))
    while low < high {
      let middle = low + (high - low + 1) / 2
      if let found = try record(through: middle), found.sequence >= first {
        if log.times[found.sequence] == found.time {
          low = middle
        } else {
          high = found.sequence - 1
        }
      } else {
        // All that the database has of these has left: as good as the same.
        low = middle
      }
    }
    let common = try record(through: low)
    guard let common, log.times[common.sequence] == common.time else { return (nil, false) }
    return (low, low == entry.sequence)
  }

  /// The last record of the host up to a number.
  private func record(
    through sequence: UInt64
  ) throws(PostgresError) -> (sequence: UInt64, time: Int64)? {
    let found = try database.run(
      """
      SELECT seq, (extract(epoch FROM time) * 1000000)::bigint FROM neardup.records
      WHERE host = $1 AND seq <= $2 ORDER BY seq DESC LIMIT 1
      """, ["\(entry.host)", "\(sequence)"])
    guard let row = found.rows.first, row.count == 2, let number = row[0].flatMap({ UInt64($0) }),
      let time = row[1].flatMap({ Int64($0) })
    else { return nil }
    return (number, time)
  }

  private func leftSince(_ sequence: UInt64) throws(PostgresError) -> Bool {
    let found = try database.run(
      """
      SELECT 1 FROM neardup.other_records
      WHERE host = $1 AND seq > $2 AND event IN ('removed', 'expired') LIMIT 1
      """, ["\(entry.host)", "\(sequence)"])
    return !found.rows.isEmpty
  }

  private func takeBack(to sequence: UInt64, at time: Int64?) throws {
    let keys = ["\(entry.host)", "\(sequence)"]
    try database.run("BEGIN")
    do {
      try database.run("SET LOCAL statement_timeout = 0")
      let long = Duration.seconds(3600)
      for table in ["documents", "other_records"] {
        try database.run(
          "DELETE FROM neardup.\(table) WHERE host = $1 AND seq > $2", keys, within: long)
      }
      for (column, isStory) in [("cluster", "false"), ("story", "true")] {
        try database.run(
          """
          UPDATE neardup.documents d SET \(column) = g.member_of
          FROM neardup.groups_through($1::integer, $2::bigint, \(isStory)) g
          WHERE d.host = $1::integer AND d.document = g.document
            AND d.\(column) IS DISTINCT FROM g.member_of
          """, keys, within: long)
      }
      for table in ["clusters", "stories"] {
        try database.run(
          """
          UPDATE neardup.\(table) SET absorbed_into = NULL, absorbed_seq = NULL
          WHERE host = $1 AND absorbed_seq > $2
          """, keys, within: long)
      }
      for (table, column) in [("clusters", "cluster"), ("stories", "story")] {
        try database.run(
          """
          DELETE FROM neardup.\(table) g WHERE g.host = $1 AND g.absorbed_into IS NULL
            AND NOT EXISTS (SELECT 1 FROM neardup.documents d
              WHERE d.host = g.host AND d.\(column) = g.\(column))
          """, ["\(entry.host)"], within: long)
      }
      try database.run(
        "UPDATE neardup.hosts SET seq = $2, seq_time = $3 WHERE host = $1",
        keys + [time.map { LogTime.text($0) }])
      try FleetBackfill.reset(database, host: entry.host)
      try database.run("COMMIT")
    } catch {
      _ = try? database.run("ROLLBACK")
      throw error
    }
  }
}

/// When each record of a log was made: 16 bytes a record, for as long as it is compared.
private final class LogTimes {
  private let path: [UInt8]
  private(set) var times: [UInt64: Int64] = [:]
  private(set) var first: UInt64?
  private(set) var last: UInt64?

  init(_ path: [UInt8]) { self.path = path }

  func read() throws {
    try LogScan(path).forEachLine(from: 1) { sequence, line in
      guard let logged = try? LoggedRecord(decoding: line) else { return }
      times[sequence] = logged.time
      first = min(first ?? sequence, sequence)
      last = max(last ?? sequence, sequence)
    }
  }
}
