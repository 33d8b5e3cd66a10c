// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Tokenizer {
  /// Replaces `tokens` and `traits` by those of `text`, and answers where in it each token stands.
  ///
  /// - Parameter count: It may stop when the places of so many tokens are known.
  ///
  /// The same tokens as `tokenize` gives when it is tolerant; a NUL separates words here. One
  /// character at a time, so it takes several times as long.
  mutating func places(
    in text: UnsafeRawBufferPointer, first count: Int = .max
  ) -> [Range<Int>] {
    // Only all of a text says whether its letters are spaced out.
    _ = tokenizeWords(text, tolerant: true)
    if mayBeSpacedLetters(byteCount: text.count),
      let spaced = SpacedLetters(text, keepsOrigins: true)
    {
      let places = spaced.text.withUnsafeBytes { wordPlaces(in: $0, first: count) }
      return places.map { spaced.origin(of: $0) }
    }
    return wordPlaces(in: text, first: count)
  }

  private mutating func wordPlaces(
    in text: UnsafeRawBufferPointer, first count: Int
  ) -> [Range<Int>] {
    begin()
    guard let base = text.baseAddress else { return [] }
    var words = WordPlaces()
    var position = 0
    while position < text.count {
      let (start, closed) = (position, tokens.count)
      let byte = base.load(fromByteOffset: position, as: UInt8.self)
      if byte < 0x80 {
        scanASCIIByte(byte, base, &position, end: text.count)
      } else {
        let decoded = UTF8Scalar.decoded(base, at: position, end: text.count)
        scan(decoded, base, &position, end: text.count)
      }
      words.take(start..<position, closed: tokens.count - closed, isOpen: last != .separator)
      if words.places.count >= count { return words.places }
    }
    let closed = tokens.count
    closeWord()
    words.take(position..<position, closed: tokens.count - closed, isOpen: false)
    endLine(beforeToken: tokens.count)
    assert(words.places.count == tokens.count)
    return words.places
  }

  /// Follows the tokenizer from character to character.
  private struct WordPlaces {
    var places: [Range<Int>] = []
    private var open: Range<Int>?

    /// - Parameters:
    ///   - scalar: the bytes that were read.
    ///   - closed: how many tokens that ended.
    ///   - isOpen: whether a word is open behind them.
    mutating func take(_ scalar: Range<Int>, closed: Int, isOpen: Bool) {
      var rest = scalar
      var closed = closed
      if let word = open, closed > 0 {
        places.append(word)
        closed -= 1
        open = nil
      }
      for _ in 0..<closed {
        places.append(rest)
        rest = rest.upperBound..<rest.upperBound
      }
      open = isOpen ? (open?.lowerBound ?? rest.lowerBound)..<scalar.upperBound : nil
    }
  }
}
