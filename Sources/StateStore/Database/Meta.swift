// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

/// The single values of the state.
enum Meta: String {
  /// The number of the last log line that was given out.
  case lastSequence = "last_seq"
  /// The number of the last log line that is known to be on the disk.
  case durableSequence = "durable_seq"
  /// The version of the fingerprints.
  case schemeVersion = "scheme_version"
  /// The last document beyond the horizon.
  case expiredThrough = "expired_through"
  /// The first document whose text the engine counts when it is brought back.
  case countedFrom = "counted_from"
  /// Since when the clock has been far ahead of the horizon's time.
  case clockCandidate = "clock_candidate"
  /// What goes beyond the horizon next, after which document, and why.
  case nextThrough = "next_through"
  case nextDue = "next_due"
  case nextBecause = "next_because"
  /// The last document that was given out, which may be gone.
  case lastDocument = "last_document"

  func fetch(_ database: Database) throws -> Int64? {
    try Int64.fetchOne(
      database.cachedStatement(sql: "SELECT value FROM meta WHERE key = ?"),
      arguments: [rawValue])
  }

  func store(_ value: Int64, _ database: Database) throws {
    let row = try database.binding("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)")
    row.bind(rawValue, at: 1)
    row.bind(value, at: 2)
    try row.run()
  }
}
