// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// UTF-8 one scalar at a time (The Unicode Standard, table 3-7).
struct UTF8Scalar {
  /// The scalar, or U+FFFD for a malformed sequence.
  var scalar: UInt32
  /// Bytes it took; for a malformed sequence those of its maximal subpart.
  var length: Int
  var isValid: Bool
  /// Malformed only because the text ends within it.
  var isTruncated = false

  /// Decodes what starts at `offset` < `end`.
  @inline(__always)
  static func decoded(_ bytes: UnsafeRawPointer, at offset: Int, end: Int) -> UTF8Scalar {
    let lead = UInt32(bytes.load(fromByteOffset: offset, as: UInt8.self))
    if lead < 0x80 { return UTF8Scalar(scalar: lead, length: 1, isValid: true) }
    if lead >= 0xC2, lead < 0xE0, offset &+ 1 < end {
      let second = UInt32(bytes.load(fromByteOffset: offset &+ 1, as: UInt8.self))
      if second & 0xC0 == 0x80 {
        return UTF8Scalar(
          scalar: (lead & 0x1F) &<< 6 | second & 0x3F, length: 2, isValid: true)
      }
    }
    if lead >= 0xE0, lead < 0xF0, offset &+ 2 < end {
      let second = UInt32(bytes.load(fromByteOffset: offset &+ 1, as: UInt8.self))
      let third = UInt32(bytes.load(fromByteOffset: offset &+ 2, as: UInt8.self))
      let scalar = (lead & 0xF) &<< 12 | (second & 0x3F) &<< 6 | third & 0x3F
      if second & 0xC0 == 0x80, third & 0xC0 == 0x80, scalar >= 0x800, scalar &>> 11 != 0x1B {
        return UTF8Scalar(scalar: scalar, length: 3, isValid: true)
      }
    }
    return decodedRarely(bytes, lead: lead, at: offset, end: end)
  }

  /// Four bytes, and everything malformed.
  @inline(never)
  private static func decodedRarely(
    _ bytes: UnsafeRawPointer, lead: UInt32, at offset: Int, end: Int
  ) -> UTF8Scalar {
    let length = lead < 0xC2 || lead > 0xF4 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var scalar = length == 4 ? lead & 7 : 0
    for index in 1..<max(length, 1) {
      guard offset + index < end else { return malformed(length: index, isTruncated: true) }
      let byte = UInt32(bytes.load(fromByteOffset: offset + index, as: UInt8.self))
      guard index == 1 ? allowsSecond(byte, after: lead) : byte & 0xC0 == 0x80 else {
        return malformed(length: index)
      }
      scalar = scalar << 6 | byte & 0x3F
    }
    guard length == 4 else { return malformed(length: length) }
    return UTF8Scalar(scalar: scalar, length: 4, isValid: true)
  }

  private static func malformed(length: Int, isTruncated: Bool = false) -> UTF8Scalar {
    UTF8Scalar(scalar: 0xFFFD, length: length, isValid: false, isTruncated: isTruncated)
  }

  private static func allowsSecond(_ byte: UInt32, after lead: UInt32) -> Bool {
    switch lead {
    case 0xE0: 0xA0...0xBF ~= byte
    case 0xED: 0x80...0x9F ~= byte
    case 0xF0: 0x90...0xBF ~= byte
    case 0xF4: 0x80...0x8F ~= byte
    default: byte & 0xC0 == 0x80
    }
  }

  /// The UTF-8 of a scalar, first byte lowest, and its length.
  @inline(__always)
  static func encoded(_ scalar: UInt32) -> (bytes: UInt64, length: Int) {
    let tail = UInt64(scalar & 0x3F | 0x80)
    if scalar < 0x80 { return (UInt64(scalar), 1) }
    if scalar < 0x800 { return (UInt64(scalar >> 6 | 0xC0) | tail << 8, 2) }
    let middle = UInt64(scalar >> 6 & 0x3F | 0x80)
    if scalar < 0x10000 { return (UInt64(scalar >> 12 | 0xE0) | middle << 8 | tail << 16, 3) }
    let upper = UInt64(scalar >> 12 & 0x3F | 0x80)
    return (UInt64(scalar >> 18 | 0xF0) | upper << 8 | middle << 16 | tail << 24, 4)
  }
}
