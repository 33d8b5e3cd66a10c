// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Tokens of scripts of few letters that are written without spaces: Thai, Lao, Khmer, Burmese …
///
/// One such letter says as little as one of ours, and three in a row are in every other text. So a
/// token is the last four letters, each with its marks, and a shingle reaches over six, about what
/// a word is long. White space, line ends and what else stands between do not matter: some writers
/// put a space of no width between words, others a space, most nothing.
struct LetterWindow {
  /// The hashes of the three letters before, the latest lowest; zero where there are none.
  private var first: UInt32 = 0
  private var second: UInt32 = 0
  private var third: UInt32 = 0

  /// The token that a letter of this hash ends.
  mutating func token(endingIn letter: UInt32) -> UInt32 {
    let mixed = TokenHash.folded(
      (UInt64(first) &<< 32 | UInt64(second)) ^ TokenHash.firstKey,
      (UInt64(third) &<< 32 | UInt64(letter)) ^ TokenHash.secondKey)
    (first, second, third) = (second, third, letter)
    return UInt32(truncatingIfNeeded: (mixed &* TokenHash.lastKey) &>> 32)
  }

  /// Whether a letter that stands by itself is one of these scripts, and not Han, kana or Yi, in
  /// which three letters are about two words.
  @inline(__always)
  static func takes(_ scalar: UInt32) -> Bool {
    scalar < 0x2E80 || 0xA980...0xABFF ~= scalar || 0x11700...0x11FFF ~= scalar
  }
}
