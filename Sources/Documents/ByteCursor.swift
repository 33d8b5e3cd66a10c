// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// A place in bytes that are read from the beginning to the end; what is beyond is nil.
struct ByteCursor {
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  @inline(__always)
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  @inline(__always)
  func byte(at offset: Int) -> UInt8? {
    offset >= 0 && offset < bytes.count ? bytes[offset] : nil
  }

  /// Moves behind the next such byte, or to the end.
  mutating func skip(past wanted: UInt8) {
    let found = Self.index(of: wanted, in: bytes, from: position)
    position = found.map { $0 + 1 } ?? max(position, bytes.count)
  }

  /// The next place of a byte, by memchr(3), which looks at many at a time.
  ///
  /// - Parameter limit: Where the search ends; the end of the bytes when nil.
  static func index(of byte: UInt8, in bytes: [UInt8], from start: Int, to limit: Int? = nil)
    -> Int?
  {
    let end = min(limit ?? bytes.count, bytes.count)
    guard start >= 0, start < end else { return nil }
    return bytes.withUnsafeBytes { all in
      let rest = UnsafeRawBufferPointer(rebasing: all[start..<end])
      guard let base = rest.baseAddress, let found = memchr(base, Int32(byte), rest.count) else {
        return nil
      }
      return start + (UnsafeRawPointer(found) - base)
    }
  }

  /// Moves behind the next such text, or to the end; returns what lies between.
  mutating func skip(past text: StaticString) -> Range<Int> {
    let start = position
    while position < bytes.count {
      if follows(text) {
        let end = position
        position += text.utf8CodeUnitCount
        return start..<end
      }
      position += 1
    }
    return start..<bytes.count
  }

  mutating func skipSpace() {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
  }

  /// Whether `text`, in small letters, comes next in any case.
  func follows(_ text: StaticString) -> Bool {
    guard bytes.count - position >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { wanted in
      for index in wanted.indices
      where Self.lowercased(bytes[position + index]) != wanted[index] {
        return false
      }
      return true
    }
  }

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || 0x30...0x39 ~= byte }

  @inline(__always)
  static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// The value of a hexadecimal digit.
  static func digit(_ byte: UInt8) -> UInt32? {
    if 0x30...0x39 ~= byte { return UInt32(byte) - 0x30 }
    let letter = byte | 0x20
    return 0x61...0x66 ~= letter ? UInt32(letter) - 0x61 + 10 : nil
  }
}
