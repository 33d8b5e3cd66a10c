// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The name of an element or attribute without its prefix, in small letters, as a hash (FNV-1a).
///
/// Two names with one hash would only be read alike.
struct MarkupName: Hashable, Sendable {
  private let hash: UInt64

  init(_ bytes: ArraySlice<UInt8>) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes {
      if byte == UInt8(ascii: ":") {
        hash = 0xCBF2_9CE4_8422_2325
        continue
      }
      hash = (hash ^ UInt64(ByteCursor.lowercased(byte))) &* 0x100_0000_01B3
    }
    self.hash = hash
  }

  init(_ name: some StringProtocol) { self.init(Array(name.utf8)[...]) }

  /// What names separated by spaces have in common.
  static func table<Value>(_ lists: [(Value, String)]) -> [MarkupName: Value] {
    var table: [MarkupName: Value] = [:]
    for (value, names) in lists {
      for name in names.split(whereSeparator: \.isWhitespace) { table[MarkupName(name)] = value }
    }
    return table
  }
}
