// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The one thing beside letters that is in every other line of plain English: it has a way of its
/// own, as the way through the Unicode table takes as long as sixty-four bytes without one.
extension Tokenizer {
  /// Longer words go through the table.
  static let mostLetters = 32
  /// So much is looked at before it is taken or left, or a text of apostrophes would be looked at
  /// to its end for each of them.
  private static let mostBytes = 64

  @inline(__always)
  static func isApostrophe(_ byte: UInt8) -> Bool { byte == 0x27 || byte == 0x60 }

  /// Takes the ASCII letters and apostrophes at `start`, which is between words; apostrophes are
  /// dropped.
  ///
  /// - Returns: the place behind them; nil, and nothing is taken, when the word does not end in a
  ///   separator there or may not.
  @inline(never)
  mutating func takeApostrophes(
    _ base: UnsafeRawPointer, from start: Int, readable: Int
  ) -> Int? {
    let end = min(readable, start &+ Tokenizer.mostBytes)
    var place = start
    var count = 0
    var characters = 0
    var (first, last): (UInt8, UInt8) = (0, 0)
    var isEnded = false
    while place < end {
      let byte = base.load(fromByteOffset: place, as: UInt8.self)
      if (byte | 0x20) &- 0x61 < 26 {
        if count == Tokenizer.mostLetters { return nil }
        if count == 0 { first = byte }
        characters &+= 1
        let letter = byte | 0x20
        if !DigraphFolding.drops(letter, after: last) {
          letters.storeBytes(of: letter, toByteOffset: count, as: UInt8.self)
          count &+= 1
          last = letter
        }
      } else if !Tokenizer.isApostrophe(byte) {
        // A hyphen may join two lines.
        isEnded = byte &- 1 < 0x7F && byte &- 0x30 >= 10 && byte != 0x2D
        break
      }
      place &+= 1
    }
    assert(place > start || count == 0, "what begins here is a letter or an apostrophe")
    // Apostrophes alone are nothing, whatever is behind them.
    guard count > 0 else { return place > start ? place : nil }
    guard isEnded else { return nil }
    let isCapital = first & 0x20 == 0
    tokens.append(TokenHash.hash(letters, count: count, folding: 0))
    traits.append(isCapital && sentences.begins == 0 ? TokenTraits.capital : 0)
    sentences.take(word: isCapital, characters: characters)
    return place
  }
}
