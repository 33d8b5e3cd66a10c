// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB
import GRDBSQLite

/// Binding and reading through SQLite's C interface on a statement that GRDB owns.
///
/// GRDB's arguments make a boxed value per field, which costs more than SQLite's own work on rows
/// like these. Everything that touches the C interface is in this file; GRDB keeps connections,
/// transactions, statement lifetimes and errors.
struct RowBinding {
  private let statement: Statement
  private let handle: OpaquePointer

  init(_ statement: Statement) {
    self.statement = statement
    handle = statement.sqliteStatement
  }

  /// SQLite copies the bytes before the call returns.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  func bind(_ value: Int, at index: Int32) { sqlite3_bind_int64(handle, index, Int64(value)) }

  func bind(_ value: Int64, at index: Int32) { sqlite3_bind_int64(handle, index, value) }

  /// SQLite's integers are signed: the bits are kept, as `unsigned` reads them.
  func bind(_ value: UInt64, at index: Int32) {
    sqlite3_bind_int64(handle, index, Int64(bitPattern: value))
  }

  func bind(_ value: UInt32, at index: Int32) { sqlite3_bind_int64(handle, index, Int64(value)) }

  func bind(_ value: UInt32?, at index: Int32) {
    if let value { bind(value, at: index) } else { sqlite3_bind_null(handle, index) }
  }

  func bind(_ bytes: [UInt8], at index: Int32) {
    guard !bytes.isEmpty else {
      // A null pointer would be bound as NULL.
      sqlite3_bind_zeroblob(handle, index, 0)
      return
    }
    bytes.withUnsafeBytes { buffer in
      _ = sqlite3_bind_blob64(
        handle, index, buffer.baseAddress, UInt64(buffer.count), Self.copied)
    }
  }

  func bind(_ bytes: [UInt8]?, at index: Int32) {
    if let bytes { bind(bytes, at: index) } else { sqlite3_bind_null(handle, index) }
  }

  func bind(_ text: String?, at index: Int32) {
    guard let text else {
      sqlite3_bind_null(handle, index)
      return
    }
    sqlite3_bind_text(handle, index, text, -1, Self.copied)
  }

  /// Runs a statement that returns no rows, and makes it ready for the next.
  func run() throws {
    let result = sqlite3_step(handle)
    guard result == SQLITE_DONE else { throw failure(result) }
    sqlite3_reset(handle)
  }

  /// Goes to the next row; at the end, and on an error, the statement is made ready for the next.
  func next() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    case let result: throw failure(result)
    }
  }

  /// Ends a scan before its last row: an unfinished statement would keep its read transaction.
  func reset() { sqlite3_reset(handle) }

  func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  func unsigned(_ column: Int32) -> UInt64 {
    UInt64(bitPattern: sqlite3_column_int64(handle, column))
  }

  func number(_ column: Int32) -> UInt32 {
    UInt32(truncatingIfNeeded: sqlite3_column_int64(handle, column))
  }

  func optionalNumber(_ column: Int32) -> UInt32? {
    isNull(column) ? nil : number(column)
  }

  /// The bytes of a column, valid until the next step.
  func blob(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, column)
    return UnsafeRawBufferPointer(
      start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
  }

  func optionalBytes(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : Array(blob(column)) }

  func optionalText(_ column: Int32) -> String? {
    sqlite3_column_text(handle, column).map { String(cString: $0) }
  }

  private func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  private func failure(_ result: Int32) -> DatabaseError {
    let connection = sqlite3_db_handle(handle)
    let code = sqlite3_extended_errcode(connection)
    let message = String(cString: sqlite3_errmsg(connection))
    sqlite3_reset(handle)
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}

extension Database {
  /// A statement that is prepared once per connection.
  func binding(_ sql: String) throws -> RowBinding {
    RowBinding(try cachedStatement(sql: sql))
  }

  /// errno(3) of the last system call that SQLite made on this connection.
  var systemError: Int32 { sqliteConnection.map { sqlite3_system_errno($0) } ?? 0 }
}
