// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The names in a zip archive, as the list at its end has them (APPNOTE.TXT 6.3.10, 4.3.12).
struct ZipDirectory {
  private static let entryLength = 46
  private static let endLength = 22
  /// A comment may stand behind the end.
  private static let longestComment = 0xFFFF

  private let names: Set<[UInt8]>

  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6])
  }

  /// Nil when the archive has no list where one should be.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.endLength else { return nil }
    let last = bytes.count - Self.endLength
    let first = max(0, last - Self.longestComment)
    guard
      let end = (first...last).reversed().first(where: {
        bytes[$0] == 0x50 && bytes[$0 + 1] == 0x4B && bytes[$0 + 2] == 5 && bytes[$0 + 3] == 6
      })
    else { return nil }
    // Counted from the end: archives may have something before them.
    let size = Self.number(bytes, end + 12, 4)
    guard size <= end else { return nil }
    var names: Set<[UInt8]> = []
    var place = end - size
    while place + Self.entryLength <= end, bytes[place] == 0x50, bytes[place + 1] == 0x4B,
      bytes[place + 2] == 1, bytes[place + 3] == 2
    {
      let start = place + Self.entryLength
      let length = Self.number(bytes, place + 28, 2)
      guard start + length <= end else { return nil }
      names.insert(Array(bytes[start..<start + length]))
      place = start + length + Self.number(bytes, place + 30, 2) + Self.number(bytes, place + 32, 2)
    }
    guard !names.isEmpty || size == 0 else { return nil }
    self.names = names
  }

  func has(_ name: String) -> Bool { names.contains(Array(name.utf8)) }

  private static func number(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }
}
