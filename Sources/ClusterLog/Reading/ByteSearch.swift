// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Finding bytes in bytes; memmem(3) is not in Glibc's module.
package enum ByteSearch {
  /// Where the first occurrence ends; nil when there is none.
  package static func end(of needle: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
    let needle = UnsafeRawBufferPointer(start: needle.utf8Start, count: needle.utf8CodeUnitCount)
    return end(of: needle, in: bytes)
  }

  /// Whether the bytes occur.
  package static func contains(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Bool {
    needle.withUnsafeBytes { end(of: $0, in: bytes) } != nil
  }

  private static func end(of needle: UnsafeRawBufferPointer, in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = needle.first, let start = needle.baseAddress else { return nil }
    return bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return nil }
      var place = 0
      while place + needle.count <= buffer.count {
        let room = buffer.count - needle.count - place + 1
        guard let found = memchr(base + place, Int32(first), room) else { return nil }
        place = UnsafeRawPointer(found) - base
        if memcmp(found, start, needle.count) == 0 {
          return bytes.startIndex + place + needle.count
        }
        place += 1
      }
      return nil
    }
  }
}
