// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension TextEncoding {
  enum Detection: Equatable {
    case text(TextEncoding)
    /// Not text: the first NUL byte is at this offset.
    case binary(offset: Int)
  }

  /// How many bytes are looked at to tell UTF-16 without a mark by its zero bytes.
  private static let prefixLength = 4096

  /// What `bytes`, which have no byte order mark, are written in.
  ///
  /// Zero bytes at nearly all odd or all even places of the prefix mean UTF-16, any other NUL means
  /// that this is no text. What is not valid UTF-8 is Windows-1252, unless there are more
  /// well-formed multi-byte sequences than malformed ones: in text that is really Windows-1252 the
  /// former hardly occur (they look like "Ã©"), so such a text is UTF-8 with damage. A sequence
  /// that the end cuts off does not count against UTF-8 where others are well formed.
  static func detected(_ bytes: UnsafeRawBufferPointer) -> Detection {
    guard let base = bytes.baseAddress else { return .text(.utf8) }
    var wellFormed = 0
    var malformed = 0
    var isCutOff = false
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] == 0 {
        if let encoding = utf16(bytes) { return .text(encoding) }
        return .binary(offset: offset)
      }
      if bytes[offset] < 0x80 {
        offset += 1
        continue
      }
      let decoded = UTF8Scalar.decoded(base, at: offset, end: bytes.count)
      offset += decoded.length
      if decoded.isValid {
        wellFormed += 1
      } else if decoded.isTruncated {
        isCutOff = true
      } else {
        malformed += 1
      }
    }
    if malformed == 0, !isCutOff || wellFormed > 0 { return .text(.utf8) }
    return .text(wellFormed > malformed ? .utf8 : .windows1252)
  }

  /// UTF-16 by its zero bytes: nine in ten of one half of the bytes, one in fifty of the other.
  private static func utf16(_ bytes: UnsafeRawBufferPointer) -> TextEncoding? {
    let length = min(bytes.count, prefixLength) / 2 * 2
    guard length >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    for offset in stride(from: 0, to: length, by: 2) {
      if bytes[offset] == 0 { zeros.even += 1 }
      if bytes[offset + 1] == 0 { zeros.odd += 1 }
    }
    let units = length / 2
    if zeros.odd * 10 >= units * 9, zeros.even * 50 <= units { return .utf16(isBigEndian: false) }
    if zeros.even * 10 >= units * 9, zeros.odd * 50 <= units { return .utf16(isBigEndian: true) }
    return nil
  }
}
