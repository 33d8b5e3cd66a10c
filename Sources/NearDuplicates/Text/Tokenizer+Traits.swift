// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Tokenizer {
  /// Whether the text just read, of so many bytes, may be one of single letters.
  func mayBeSpacedLetters(byteCount: Int) -> Bool {
    SpacedLetters.mayFill(bytes: byteCount, tokens: tokens.count, unspaced: unspacedCount)
  }

  private var unspacedCount: Int {
    traits.elements.reduce(into: 0) { $0 += Int($1 & TokenTraits.unspaced) }
      / Int(TokenTraits.unspaced)
  }

  /// Ends the line that is being read: what its tokens lack is known.
  mutating func endLine(beforeToken end: Int) {
    guard end > lineStart else { return }
    let line = TokenTraits.line(tokens: end &- lineStart)
    let pointer = traits.pointer
    for index in lineStart..<end { pointer[index] |= line }
    pointer[lineStart] |= TokenTraits.firstOfLine
    lineStart = end
  }

  /// Ends the lines that end in a block of ASCII, whose tokens are there from `firstToken` on.
  ///
  /// - Parameter ends: the first byte behind each word that ends in the block.
  @inline(__always)
  mutating func takeLineEnds(_ lineEnds: UInt64, _ ends: UInt64, firstToken: Int) {
    var rest = lineEnds
    while rest != 0 {
      let through = (rest & (0 &- rest)) &<< 1 &- 1
      endLine(beforeToken: firstToken &+ (ends & through).nonzeroBitCount)
      rest &= rest &- 1
    }
  }

  /// Says of the words that end in a block of ASCII and contain a digit what numbers they are.
  ///
  /// A number has no capital.
  ///
  /// - Parameter openHasDigit: the word that is open where the block begins has a digit before it.
  /// - Parameter openWord: how many bytes before the block that word began.
  /// - Returns: whether the word that is open where the block ends contains a digit.
  @inline(never)
  mutating func takeNumbers(
    _ digits: UInt64, _ openHasDigit: Bool, _ block: UnsafeRawPointer, _ starts: UInt64,
    _ ends: UInt64, openWord: Int, firstToken: Int
  ) -> Bool {
    // As if the digit were the first byte of the block: it is in the same word.
    var digits = openHasDigit ? digits | 1 : digits
    while digits != 0 {
      let before = (digits & (0 &- digits)) &- 1
      let following = ends & ~before
      guard following != 0 else { return true }
      let end = following.trailingZeroBitCount
      let begun = starts & (before &<< 1 | 1)
      let start = begun == 0 ? 0 &- openWord : 63 &- begun.leadingZeroBitCount
      let count = end &- start
      traits.pointer[firstToken &+ (ends & before).nonzeroBitCount] = TokenTraits.number(
        block + start, count: count, isShort: count <= 2)
      // The digit itself as well: a word that ends where the block begins has no byte in it.
      digits &= (digits &- 1) & ~((following & (0 &- following)) &- 1)
    }
    return false
  }
}
