// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What is known of a token beside its hash, in one byte: whether it is a number, and its line.
///
/// Bit 0: it contains a digit. Bit 1: it is a common number. Bits 4–7: half the tokens of its line,
/// rounded down, at most 15. The other bits are zero.
package struct TokenTraits: Sendable, Equatable {
  /// A character of the general category N is part of it.
  package static let digit: UInt8 = 1 << 0
  /// It contains a digit and says little for it: one or two characters, or a year of 19xx or 20xx.
  package static let commonNumber: UInt8 = 1 << 1

  package static let lineShift: UInt8 = 4
  /// The greatest number that bits 4–7 hold.
  package static let longestHalfLine = 15

  package var rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package var containsDigit: Bool { rawValue & TokenTraits.digit != 0 }
  package var isCommonNumber: Bool { rawValue & TokenTraits.commonNumber != 0 }

  /// Half the tokens of its line, from 0 (a line of one token) to 15 (one of thirty and more).
  package var halfLine: Int { Int(rawValue >> TokenTraits.lineShift) }

  /// The bits of the tokens of a line that has so many.
  @inline(__always)
  static func line(tokens: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: min(longestHalfLine, tokens >> 1)) << lineShift
  }

  /// The bits of a token that contains a digit, by its normalised UTF-8.
  ///
  /// - Parameter isShort: it has one or two characters.
  static func number(_ pointer: UnsafeRawPointer, count: Int, isShort: Bool) -> UInt8 {
    isShort || count == 4 && isYear(pointer) ? digit | commonNumber : digit
  }

  private static func isYear(_ pointer: UnsafeRawPointer) -> Bool {
    func byte(_ offset: Int) -> UInt8 { pointer.load(fromByteOffset: offset, as: UInt8.self) }
    let begins =
      byte(0) == UInt8(ascii: "1") && byte(1) == UInt8(ascii: "9")
      || byte(0) == UInt8(ascii: "2") && byte(1) == UInt8(ascii: "0")
    return begins && byte(2) &- 0x30 < 10 && byte(3) &- 0x30 < 10
  }
}
