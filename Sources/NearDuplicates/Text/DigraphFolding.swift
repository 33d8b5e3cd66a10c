// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Two letters for one that cannot be typed: ae, oe and ue for ä, ö and ü, aa for å.
///
/// As ä is folded to a, they are folded to their first letter, in every language: no other rule
/// makes Müller, Mueller and Muller one word.
enum DigraphFolding {
  /// Whether a letter is dropped that follows another in what is left of the word.
  @inline(__always)
  static func drops(_ letter: UInt8, after last: UInt8) -> Bool {
    switch (last, letter) {
    case (0x61, 0x65), (0x6F, 0x65), (0x75, 0x65), (0x61, 0x61): true
    default: false
    }
  }
}

extension Tokenizer {
  /// Hashes anew the words that end in a block of ASCII and contain two letters that are folded.
  ///
  /// - Parameter places: where the first of two such letters may be.
  /// - Parameter openHasDigraph: the word that is open where the block begins has some before it.
  /// - Parameter openWord: how many bytes before the block that word began.
  /// - Returns: whether the word that is open where the block ends contains some.
  @inline(never)
  mutating func takeDigraphs(
    _ places: UInt64, _ openHasDigraph: Bool, _ block: UnsafeRawPointer, _ starts: UInt64,
    _ ends: UInt64, openWord: Int, firstToken: Int
  ) -> Bool {
    // As if they were in the first byte of the block: it is in the same word.
    var places = openHasDigraph ? places | 1 : places
    while places != 0 {
      let before = (places & (0 &- places)) &- 1
      let following = ends & ~before
      guard following != 0 else { return true }
      let end = following.trailingZeroBitCount
      let begun = starts & (before &<< 1 | 1)
      let start = begun == 0 ? 0 &- openWord : 63 &- begun.leadingZeroBitCount
      let index = firstToken &+ (ends & before).nonzeroBitCount
      for place in start..<end {
        // Sets no bit in a digit that is not set.
        let byte = block.load(fromByteOffset: place, as: UInt8.self) | 0x20
        word.append(letter: UInt64(byte), length: 1)
      }
      let pointer = traits.pointer + index
      if pointer.pointee & TokenTraits.digit != 0 {
        // It may have become a short one; what is known of its line stays.
        pointer.pointee &= ~TokenTraits.commonNumber
        pointer.pointee |= word.numberTraits(table: table)
      }
      tokens.pointer[index] = word.finish()
      // The place itself as well: a word that ends where the block begins has no byte in it.
      places &= (places &- 1) & ~((following & (0 &- following)) &- 1)
    }
    return false
  }
}
