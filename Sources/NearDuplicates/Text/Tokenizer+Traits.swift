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
}
