// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A line of the cluster log: its number, its time and what it says.
package struct LoggedRecord: Sendable, Equatable {
  package var sequence: UInt64
  /// Microseconds since the epoch, UTC.
  package var time: Int64
  package var record: Record

  package init(sequence: UInt64, time: Int64, record: Record) {
    self.sequence = sequence
    self.time = time
    self.record = record
  }

  /// Reads a line without its line end: the inverse of `RecordEncoder`.
  ///
  /// Fields that schema 1 does not have are passed over; a measure keeps the log's four decimals.
  package init(decoding line: ArraySlice<UInt8>) throws(LogLineError) {
    var fields = RecordFields()
    var cursor = JSONCursor(line)
    try cursor.forEachMember { key, cursor throws(LogLineError) in
      try fields.take(key, &cursor)
    }
    guard cursor.isAtEnd else { throw cursor.malformed }
    let schema = try fields.required(fields.schema, "schema")
    guard schema == 1 else {
      throw LogLineError("is of schema \(schema), and this program knows schema 1")
    }
    self.init(
      sequence: try fields.required(fields.sequence, "seq"),
      time: try fields.required(fields.time, "time"), record: try fields.record())
  }
}
