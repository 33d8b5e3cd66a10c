// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Tokenizer {
  /// Ends the line that is being read: what its tokens lack is known.
  mutating func endLine(beforeToken end: Int) {
    guard end > lineStart else { return }
    let line = TokenTraits.line(tokens: end &- lineStart)
    let pointer = traits.pointer
    for index in lineStart..<end { pointer[index] |= line }
    lineStart = end
  }

  /// Ends the lines that end in a block of ASCII, the tokens of which are about to be appended.
  ///
  /// - Parameter ends: the first byte behind each word that ends in the block.
  @inline(__always)
  mutating func takeLineEnds(_ lineEnds: UInt64, _ ends: UInt64) {
    var rest = lineEnds
    while rest != 0 {
      let through = (rest & (0 &- rest)) &<< 1 &- 1
      endLine(beforeToken: tokens.count &+ (ends & through).nonzeroBitCount)
      rest &= rest &- 1
    }
  }

  /// Says of the words that end in a block of ASCII and contain a digit what numbers they are.
  ///
  /// - Parameter openHasDigit: the word that is open where the block begins has a digit before it.
  /// - Parameter openWord: how many bytes before the block that word began; nil when none is open.
  /// - Returns: whether the word that is open where the block ends contains a digit.
  @inline(never)
  mutating func takeNumbers(
    _ digits: UInt64, _ openHasDigit: Bool, _ block: UnsafeRawPointer, _ starts: UInt64,
    _ ends: UInt64, openWord: Int?
  ) -> Bool {
    var starts = starts
    var ends = ends
    var digits = digits
    var hasDigit = openHasDigit
    var token = tokens.count
    var start = openWord.map { 0 &- $0 } ?? Tokenizer.next(&starts)
    while ends != 0, digits != 0 || hasDigit {
      let end = Tokenizer.next(&ends)
      let before = (1 as UInt64) &<< UInt64(truncatingIfNeeded: end) &- 1
      if hasDigit || digits & before != 0 {
        let count = end &- start
        traits.pointer[token] |= TokenTraits.number(
          block + start, count: count, isShort: count <= 2)
        digits &= ~before
        hasDigit = false
      }
      token &+= 1
      start = Tokenizer.next(&starts)
    }
    return digits != 0 || hasDigit
  }

  /// Takes the lowest bit out of a mask; 64 when it is empty.
  @inline(__always)
  private static func next(_ mask: inout UInt64) -> Int {
    let bit = mask.trailingZeroBitCount
    mask &= mask &- 1
    return bit
  }
}
