// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The first 100 bytes of an SQLite database; see https://www.sqlite.org/fileformat.html (1.3).
///
/// They are read before SQLite sees the file, because opening a database already may write to it.
struct DatabaseHeader: Equatable {
  static let size = 100

  let userVersion: Int32
  let applicationID: Int32

  /// Reads the header; nil when it is not one of an SQLite 3 database.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.size, bytes.starts(with: "SQLite format 3\0".utf8) else {
      return nil
    }
    userVersion = Self.integer(bytes, at: 60)
    applicationID = Self.integer(bytes, at: 68)
  }

  private static func integer(_ bytes: [UInt8], at offset: Int) -> Int32 {
    Int32(
      bitPattern: bytes[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
  }
}
