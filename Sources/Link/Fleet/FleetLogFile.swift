// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// Writes the records of the fleet into this host's `fleet.jsonl`, each once and in order.
///
/// The records are in the database before; how far they are in the file stands there too, and
/// behind a kill the end of the file is held against them, as the daemon does with its log.
final class FleetLogFile {
  /// So many records are appended at a time.
  private static let rows = 1_000

  private let database: PostgresConnection
  private let host: String
  private var file: ClusterLogFile
  /// The last record that is in the file.
  private(set) var sequence: UInt64

  /// Makes the end of the file whole.
  ///
  /// - Parameter host: its number.
  init(_ database: PostgresConnection, host: Int, path: [UInt8]) throws {
    self.database = database
    self.host = "\(host)"
    var file = try ClusterLogFile(path: path)
    let logged = try database.run(
      "SELECT fleet_logged FROM neardup.hosts WHERE host = $1", ["\(host)"])
    let position = logged.value.flatMap { UInt64($0) } ?? 0
    let pending = try Self.lines(database, after: position)
    let last = pending.last?.sequence ?? position
    _ = try file.recover(
      pending: pending.isEmpty ? [] : [Array(pending.map(\.bytes).joined())],
      nextSequence: last + 1)
    self.file = file
    sequence = last
    try note()
  }

  /// Appends what is new.
  ///
  /// - Returns: How many records that were.
  func advance() throws -> Int {
    var total = 0
    while true {
      let lines = try Self.lines(database, after: sequence)
      guard let last = lines.last else { return total }
      if file.wasReplaced() { try file.reopen() }
      try file.append(Array(lines.map(\.bytes).joined()))
      try file.synchronize()
      sequence = last.sequence
      total += lines.count
      try note()
    }
  }

  private func note() throws(PostgresError) {
    try database.run(
      "UPDATE neardup.hosts SET fleet_logged = $2 WHERE host = $1 AND fleet_logged <> $2",
      [host, "\(sequence)"])
  }

  private static func lines(
    _ database: PostgresConnection, after sequence: UInt64
  ) throws(PostgresError) -> [(sequence: UInt64, bytes: [UInt8])] {
    try database.run(
      "SELECT seq, line FROM neardup.fleet_log WHERE seq > $1 ORDER BY seq LIMIT \(rows)",
      ["\(sequence)"]
    ).rows.compactMap { row in
      guard let number = row[0].flatMap({ UInt64($0) }), let line = row[1] else { return nil }
      return (number, Array(line.utf8) + [UInt8(ascii: "\n")])
    }
  }
}
