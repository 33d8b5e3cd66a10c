// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Words of plain ASCII that are more than their letters: numbers, and those with two letters that
/// are folded to one.
extension Tokenizer {
  /// Looks at the words again that end in a block of ASCII and have a mark in them.
  ///
  /// - Parameter openIsMarked: the word that is open where the block begins has one before it.
  /// - Parameter openWord: how many bytes before the block that word began.
  /// - Returns: whether the word that is open where the block ends has one.
  @inline(never)
  mutating func takeMarkedWords(
    _ marks: UInt64, _ openIsMarked: Bool, _ block: UnsafeRawPointer, _ starts: UInt64,
    _ ends: UInt64, openWord: Int, firstToken: Int
  ) -> Bool {
    // As if the mark were on the first byte of the block: it is in the same word.
    var marks = openIsMarked ? marks | 1 : marks
    while marks != 0 {
      let before = (marks & (0 &- marks)) &- 1
      let following = ends & ~before
      guard following != 0 else { return true }
      let end = following.trailingZeroBitCount
      let begun = starts & (before &<< 1 | 1)
      let start = begun == 0 ? 0 &- openWord : 63 &- begun.leadingZeroBitCount
      takeMarkedWord(
        block + start, count: end &- start,
        token: firstToken &+ (ends & before).nonzeroBitCount)
      // The mark itself as well: a word that ends where the block begins has no byte in it.
      marks &= (marks &- 1) & ~((following & (0 &- following)) &- 1)
    }
    return false
  }

  /// A number has no capital.
  @inline(__always)
  private mutating func takeMarkedWord(_ start: UnsafeRawPointer, count: Int, token: Int) {
    var (hasDigit, isFolded) = (false, false)
    var last: UInt8 = 0
    for offset in 0..<count {
      // Sets no bit in a digit that is not set.
      let letter = start.load(fromByteOffset: offset, as: UInt8.self) | 0x20
      if letter < 0x40 { hasDigit = true }
      if DigraphFolding.drops(letter, after: last) { isFolded = true }
      last = letter
    }
    if isFolded {
      foldMarkedWord(start, count: count, token: token, hasDigit: hasDigit)
    } else if hasDigit {
      traits.pointer[token] = TokenTraits.number(start, count: count, isShort: count <= 2)
    }
  }

  @inline(never)
  private mutating func foldMarkedWord(
    _ start: UnsafeRawPointer, count: Int, token: Int, hasDigit: Bool
  ) {
    guard !hasDigit, count <= Tokenizer.mostLetters else {
      for offset in 0..<count {
        let letter = start.load(fromByteOffset: offset, as: UInt8.self) | 0x20
        word.append(letter: UInt64(letter), length: 1)
      }
      if hasDigit { traits.pointer[token] = word.numberTraits(table: table) }
      tokens.pointer[token] = word.finish()
      return
    }
    var length = 0
    var last: UInt8 = 0
    for offset in 0..<count {
      let letter = start.load(fromByteOffset: offset, as: UInt8.self) | 0x20
      if DigraphFolding.drops(letter, after: last) { continue }
      letters.storeBytes(of: letter, toByteOffset: length, as: UInt8.self)
      length &+= 1
      last = letter
    }
    tokens.pointer[token] = TokenHash.hash(letters, count: length, folding: 0)
  }
}
