// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension Database {
  private static let fileColumns = """
    drop_id, path, device, inode, size, mtime_ns, ctime_ns, document, sha256, skip_reason
    """

  func replace(files: [StoredFile]) throws {
    let row = try binding(
      "INSERT OR REPLACE INTO files (\(Self.fileColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for file in files {
      row.bind(file.key.drop, at: 1)
      row.bind(file.key.path, at: 2)
      row.bind(file.device, at: 3)
      row.bind(file.inode, at: 4)
      row.bind(file.size, at: 5)
      row.bind(file.modified, at: 6)
      row.bind(file.changed, at: 7)
      row.bind(file.document, at: 8)
      row.bind(file.sha256, at: 9)
      row.bind(file.skipReason, at: 10)
      try row.run()
    }
  }

  func remove(files: [FileKey]) throws {
    let row = try binding("DELETE FROM files WHERE drop_id = ? AND path = ?")
    for key in files {
      row.bind(key.drop, at: 1)
      row.bind(key.path, at: 2)
      try row.run()
    }
  }

  /// Made once: it is asked for each file.
  private static let fileByPath =
    "SELECT \(fileColumns) FROM files WHERE drop_id = ? AND path = ?"

  func file(_ key: FileKey) throws -> StoredFile? {
    let row = try binding(Self.fileByPath)
    defer { row.reset() }
    row.bind(key.drop, at: 1)
    row.bind(key.path, at: 2)
    return try row.next() ? Self.file(row) : nil
  }

  /// Files whose paths lie in `low <= path < high` and behind `after`, in byte order.
  func files(
    drop: UInt32, low: [UInt8], high: [UInt8]?, after: [UInt8]?, limit: Int
  ) throws -> [StoredFile] {
    // An open end is the empty text, which SQLite sorts before every blob: hence the flag.
    let row = try binding(
      """
      SELECT \(Self.fileColumns) FROM files
      WHERE drop_id = ?1 AND path >= ?2 AND (?3 IS NULL OR path < ?3) AND path > ?4
      ORDER BY path LIMIT ?5
      """)
    defer { row.reset() }
    row.bind(drop, at: 1)
    row.bind(low, at: 2)
    row.bind(high, at: 3)
    row.bind(after ?? [], at: 4)
    row.bind(limit, at: 5)
    var files: [StoredFile] = []
    while try row.next() { files.append(Self.file(row)) }
    return files
  }

  func forEachFile(_ body: (UInt32, RawSpan) throws -> Void) throws {
    let row = try binding("SELECT drop_id, path FROM files")
    defer { row.reset() }
    while try row.next() { try body(row.number(0), row.blob(1).bytes) }
  }

  private static func file(_ row: RowBinding) -> StoredFile {
    StoredFile(
      key: FileKey(drop: row.number(0), path: Array(row.blob(1))), device: row.unsigned(2),
      inode: row.unsigned(3), size: row.integer(4), modified: Int64(row.integer(5)),
      changed: Int64(row.integer(6)), document: row.optionalNumber(7),
      sha256: row.optionalBytes(8), skipReason: row.optionalText(9))
  }
}
