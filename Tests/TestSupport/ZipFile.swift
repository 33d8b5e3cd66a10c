// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A zip archive of members that are not compressed (APPNOTE.TXT 6.3.10).
package enum ZipFile {
  /// - Parameter claim: The size that the archive gives for each member; nil for the true one.
  package static func bytes(
    _ members: [(name: String, content: [UInt8])], claim: UInt32? = nil
  ) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in members {
      let size = claim ?? UInt32(content.count)
      let known =
        number(checksum(content), 4) + number(size, 4) + number(size, 4)
        + number(UInt32(name.utf8.count), 2) + number(0, 2)
      // Version 2.0, names in UTF-8, stored, no time.
      let start = number(20, 2) + number(0x800, 2) + number(0, 2) + number(0, 4)
      directory += [0x50, 0x4B, 1, 2] + number(20, 2) + start + known + number(0, 10)
      directory += number(UInt32(file.count), 4) + Array(name.utf8)
      file += [0x50, 0x4B, 3, 4] + start + known + Array(name.utf8) + content
    }
    let place = UInt32(file.count)
    let count = number(UInt32(members.count), 2)
    return file + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + count + count
      + number(UInt32(directory.count), 4) + number(place, 4) + number(0, 2)
  }

  package static func bytes(_ members: [(name: String, text: String)]) -> [UInt8] {
    bytes(members.map { ($0.name, Array($0.text.utf8)) })
  }

  private static func number(_ value: UInt32, _ length: Int) -> [UInt8] {
    (0..<length).map { $0 < 4 ? UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) : 0 }
  }

  /// CRC-32 of ISO 3309.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
