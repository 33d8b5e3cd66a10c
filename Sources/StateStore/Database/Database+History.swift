// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension Database {
  func insert(revisions: [Revision]) throws {
    let row = try binding(
      """
      INSERT INTO revisions (after_document, kind, subject, source, target)
      VALUES (?, ?, ?, ?, ?)
      """)
    for revision in revisions {
      row.bind(revision.afterDocument, at: 1)
      row.bind(revision.kind.rawValue, at: 2)
      row.bind(revision.subject, at: 3)
      row.bind(revision.source, at: 4)
      row.bind(revision.target, at: 5)
      try row.run()
    }
  }

  /// Goes over the revisions in the order in which they were made.
  ///
  /// - Parameters:
  ///   - through: Those up to this number are left out, as are those beyond the horizon.
  ///   - limit: How many at most; -1 for all.
  ///   - body: is told the number of each as well.
  func forEachRevision(
    after through: Int = 0, limit: Int = -1, _ body: (Int, Revision) throws -> Void
  ) throws {
    let row = try binding(
      """
      SELECT id, after_document, kind, subject, source, target FROM revisions
      WHERE id > ? AND after_document > ? ORDER BY id LIMIT ?
      """)
    defer { row.reset() }
    row.bind(through, at: 1)
    // Nothing comes before the first document but what is of no document.
    let expired = try expiredThrough()
    row.bind(expired == 0 ? -1 : Int(expired), at: 2)
    row.bind(limit, at: 3)
    while try row.next() {
      guard let kind = Revision.Kind(rawValue: row.integer(2)) else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT,
          message: "revision \(row.integer(0)) is of the unknown kind \(row.integer(2))")
      }
      try body(
        row.integer(0),
        Revision(
          afterDocument: row.number(1), kind: kind, subject: row.number(3),
          source: row.number(4), target: row.number(5)))
    }
  }

  func insert(lines: [UInt8], first: UInt64, last: UInt64) throws {
    let row = try binding("INSERT INTO log_batches (first_seq, last_seq, lines) VALUES (?, ?, ?)")
    row.bind(first, at: 1)
    row.bind(last, at: 2)
    row.bind(lines, at: 3)
    try row.run()
  }

  func removeBatches(through last: UInt64) throws {
    let row = try binding(
      // The first condition uses the key; the second alone would read the whole table.
      "DELETE FROM log_batches WHERE first_seq <= ?1 AND last_seq <= ?1")
    row.bind(last, at: 1)
    try row.run()
  }

  func pendingBatches() throws -> [PendingBatch] {
    let row = try binding("SELECT first_seq, last_seq, lines FROM log_batches ORDER BY first_seq")
    defer { row.reset() }
    var batches: [PendingBatch] = []
    while try row.next() {
      batches.append(
        PendingBatch(
          firstSequence: row.unsigned(0), lastSequence: row.unsigned(1),
          lines: Array(row.blob(2))))
    }
    return batches
  }

  func counts() throws -> StateCounts {
    StateCounts(
      documents: try lastDocument(), expired: try expiredThrough(),
      revisions: try Int.fetchOne(self, sql: "SELECT max(id) FROM revisions") ?? 0,
      pendingBatches: try Int.fetchOne(self, sql: "SELECT count(*) FROM log_batches") ?? 0)
  }

  /// The number of a drop directory, given out when it is first seen and kept for good.
  func dropNumber(of path: [UInt8]) throws -> UInt32 {
    let insert = try binding("INSERT INTO drops (path) VALUES (?) ON CONFLICT DO NOTHING")
    insert.bind(path, at: 1)
    try insert.run()
    let row = try binding("SELECT id FROM drops WHERE path = ?")
    defer { row.reset() }
    row.bind(path, at: 1)
    return try row.next() ? row.number(0) : 0
  }

  func drops() throws -> [UInt32: [UInt8]] {
    let row = try binding("SELECT id, path FROM drops")
    defer { row.reset() }
    var drops: [UInt32: [UInt8]] = [:]
    while try row.next() { drops[row.number(0)] = Array(row.blob(1)) }
    return drops
  }
}
