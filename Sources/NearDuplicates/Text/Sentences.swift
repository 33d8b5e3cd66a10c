// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Where sentences begin, roughly: after a line end, a full stop or what else ends a sentence, and
/// after quotation marks. A capital there says nothing; elsewhere it is mostly that of a name.
struct Sentences {
  /// The next word begins a sentence: 1, else 0. As numbers, so that they can be carried.
  var begins: UInt64 = 1
  /// The last word may be an abbreviation, so that a full stop ends no sentence: 1, else 0.
  var isAbbreviated: UInt64 = 0

  /// Capitalised words of so many characters may be abbreviations.
  static let longestAbbreviation = 3

  /// A letter of the general category Lu or Lt.
  static func isCapital(_ point: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(point) else { return false }
    let category = scalar.properties.generalCategory
    return category == .uppercaseLetter || category == .titlecaseLetter
  }

  /// Takes note of a character between words.
  @inline(__always)
  mutating func take(separator point: UInt32) {
    switch point {
    case 0x2E, 0x2026, 0xFF0E:
      if isAbbreviated == 0 { begins = 1 }
    case 0x21, 0x22, 0x3A, 0x3B, 0x3F, 0xAB, 0xBB, 0x37E, 0x61F, 0x964, 0x201C...0x201F, 0x3002,
      0xFE55, 0xFF01, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF61:
      begins = 1
    default: break
    }
  }

  /// A word has ended.
  @inline(__always)
  mutating func take(word isCapital: Bool, characters: Int) {
    begins = 0
    isAbbreviated = isCapital && characters <= Sentences.longestAbbreviation ? 1 : 0
  }
}
