// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// White space, for telling empty documents from those that only have no words.
enum WhiteSpace {
  /// Whether there is nothing but white space, byte order marks and the like.
  static func fills(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    var offset = 0
    while offset < bytes.count {
      let decoded = UTF8Scalar.decoded(base, at: offset, end: bytes.count)
      guard isWhite(decoded.scalar) else { return false }
      offset += decoded.length
    }
    return true
  }

  private static func isWhite(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064,
      0x3000, 0xFEFF, 0xAD:
      true
    default: false
    }
  }
}
