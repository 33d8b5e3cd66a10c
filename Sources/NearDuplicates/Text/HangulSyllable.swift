// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The algorithmic decomposition of Hangul syllables (The Unicode Standard, section 3.12).
enum HangulSyllable {
  static let range: ClosedRange<UInt32> = 0xAC00...0xD7A3
  /// Conjoining vowels and trailing consonants, which go on with a syllable.
  static let continuing: ClosedRange<UInt32> = 0x1160...0x11FF

  /// Leading consonant, vowel and, where there is one, trailing consonant (else nil).
  static func decomposed(_ syllable: UInt32) -> (UInt32, UInt32, UInt32?) {
    let index = syllable - range.lowerBound
    let trailing = index % 28
    return (
      0x1100 + index / 588, 0x1161 + index % 588 / 28, trailing == 0 ? nil : 0x11A7 + trailing
    )
  }
}
