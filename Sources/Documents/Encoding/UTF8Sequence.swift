// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One sequence of UTF-8 that begins with a byte of 0x80 or more (The Unicode Standard, table 3-7).
struct UTF8Sequence {
  enum Kind { case wellFormed, malformed, cutOff }

  let kind: Kind
  /// Bytes, at least one; of a malformed one its maximal subpart.
  let length: Int

  init(_ bytes: [UInt8], at start: Int) {
    let lead = bytes[start]
    let wanted = lead < 0xC2 || lead > 0xF4 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard wanted > 1 else {
      (kind, length) = (.malformed, 1)
      return
    }
    for index in 1..<wanted {
      guard start + index < bytes.count else {
        (kind, length) = (.cutOff, index)
        return
      }
      guard Self.continues(bytes[start + index], lead, at: index) else {
        (kind, length) = (.malformed, index)
        return
      }
    }
    (kind, length) = (.wellFormed, wanted)
  }

  private static func continues(_ byte: UInt8, _ lead: UInt8, at index: Int) -> Bool {
    guard index == 1 else { return byte & 0xC0 == 0x80 }
    return switch lead {
    case 0xE0: 0xA0...0xBF ~= byte
    case 0xED: 0x80...0x9F ~= byte
    case 0xF0: 0x90...0xBF ~= byte
    case 0xF4: 0x80...0x8F ~= byte
    default: byte & 0xC0 == 0x80
    }
  }
}
