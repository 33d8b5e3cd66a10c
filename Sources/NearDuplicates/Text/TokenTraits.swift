// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What is known of a token beside its hash, in one byte: its kind, and its line.
///
/// Bit 0: it contains a digit. Bit 1: it is the first of its line. Bit 2: with a digit, it is a
/// common number; without, it is capitalised inside a sentence. Bit 3: it is a character of a
/// script without spaces. Bits 4–7: half the tokens of its line, rounded down, at most 15.
package struct TokenTraits: Sendable, Equatable {
  /// A character of the general category N is part of it.
  package static let digit: UInt8 = 1 << 0
  package static let firstOfLine: UInt8 = 1 << 1
  /// It contains a digit and says little for it: one or two characters, or a year of 19xx or 20xx.
  package static let commonNumber: UInt8 = 1 << 2
  /// It contains no digit, begins with a capital and does not begin a sentence.
  package static let capital: UInt8 = 1 << 2
  package static let unspaced: UInt8 = 1 << 3

  package static let lineShift: UInt8 = 4
  /// The greatest number that bits 4–7 hold.
  package static let longestHalfLine = 15

  package var rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package var containsDigit: Bool { rawValue & TokenTraits.digit != 0 }
  package var isFirstOfLine: Bool { rawValue & TokenTraits.firstOfLine != 0 }
  package var isCommonNumber: Bool { TokenTraits.isCommonNumber(rawValue) }
  package var isCapital: Bool { TokenTraits.isCapital(rawValue) }
  package var isUnspaced: Bool { rawValue & TokenTraits.unspaced != 0 }

  /// Half the tokens of its line, from 0 (a line of one token) to 15 (one of thirty and more).
  package var halfLine: Int { Int(rawValue >> TokenTraits.lineShift) }

  @inline(__always)
  static func isCommonNumber(_ bits: UInt8) -> Bool {
    bits & (digit | commonNumber) == digit | commonNumber
  }

  @inline(__always)
  static func isCapital(_ bits: UInt8) -> Bool { bits & (digit | capital) == capital }

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
