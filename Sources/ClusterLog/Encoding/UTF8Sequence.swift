// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One well-formed UTF-8 sequence, or the longest run of bytes that one U+FFFD stands for.
///
/// Follows Unicode 16, section 3.9, table 3-7 and "substitution of maximal subparts", so that the
/// lossy form is the one that other programs make of the same bytes.
struct UTF8Sequence: Equatable {
  let count: Int
  let isWellFormed: Bool

  /// Looks at the sequence that begins at `index`, which must be inside `bytes`.
  init(in bytes: Span<UInt8>, at index: Int) {
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch bytes[index] {
    case 0x00...0x7F: length = 1
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: length = 0
    }
    var taken = 1
    while taken < length, index + taken < bytes.count {
      let range = taken == 1 ? second : 0x80...0xBF
      guard range.contains(bytes[index + taken]) else { break }
      taken += 1
    }
    count = taken
    isWellFormed = taken == length
  }

  /// Whether all of `bytes` is well-formed UTF-8.
  static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      let sequence = UTF8Sequence(in: bytes, at: index)
      guard sequence.isWellFormed else { return false }
      index += sequence.count
    }
    return true
  }
}
