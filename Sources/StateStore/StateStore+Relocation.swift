// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension StateStore {
  /// Gives a drop directory another path; its number and all that is recorded under it stay.
  ///
  /// - Parameters:
  ///   - old: Raw bytes, as the configuration named it.
  ///   - new: Likewise; it may be known, as by a start in between, as long as nothing was recorded.
  /// - Returns: How many files are known of it.
  package func relocate(
    from old: [UInt8], to new: [UInt8]
  ) throws(StateStoreError) -> Int {
    let drops = try makeReader().drops()
    guard let number = drops.first(where: { $0.value == old })?.key else {
      let known = drops.values.map { String(decoding: $0, as: UTF8.self) }.sorted()
      throw StateStoreError(
        .unknownDrop, path, "it knows no drop directory \(String(decoding: old, as: UTF8.self))",
        remedy: "name one that it knows: \(known.joined(separator: ", "))")
    }
    let other = drops.first { $0.value == new && $0.key != number }?.key
    if let other, try fileCount(of: other) > 0 {
      throw StateStoreError(
        .unknownDrop, path,
        "files are recorded of \(String(decoding: new, as: UTF8.self)), which is another "
          + "drop directory", remedy: "name the path that the directory has now")
    }
    try write { database in
      if let other {
        let row = try database.binding("DELETE FROM drops WHERE id = ?")
        row.bind(other, at: 1)
        try row.run()
      }
      let row = try database.binding("UPDATE drops SET path = ? WHERE id = ?")
      row.bind(new, at: 1)
      row.bind(number, at: 2)
      try row.run()
    }
    return try fileCount(of: number)
  }

  private func fileCount(of drop: UInt32) throws(StateStoreError) -> Int {
    do {
      return try pool.read { database in
        try Int.fetchOne(
          database, sql: "SELECT count(*) FROM files WHERE drop_id = ?", arguments: [drop]) ?? 0
      }
    } catch {
      throw StateStoreError(error, path: path)
    }
  }
}
