// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The form in which a document's tokens and their traits are stored.
///
/// The number of tokens; the tokens, four bytes each, least significant first; the number of tokens
/// of each line; how many runs there are of characters of scripts without spaces, and for each how
/// many tokens lie before it, since the run before, and its length; for each number or capitalised
/// word, to the end of the bytes, how many tokens lie between it and the one before, · 4, + 1 for a
/// common number, + 2 for a capital. Numbers are in seven bits a byte, least significant first
/// (LEB128). What the hashes mean is up to `FingerprintScheme.version`, stored beside them.
package enum TokenSequenceCoder {
  /// As many traits as tokens are expected.
  package static func encode(tokens: [UInt32], traits: [UInt8]) -> [UInt8] {
    precondition(tokens.count == traits.count, "traits are parallel to tokens")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(tokens.count * 4 + tokens.count / 4 + 16)
    append(UInt64(tokens.count), to: &bytes)
    #if _endian(little)
      tokens.withUnsafeBytes { bytes.append(contentsOf: $0) }
    #else
      tokens.map(\.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
    #endif
    appendLines(of: traits, to: &bytes)
    appendRuns(of: traits, to: &bytes)
    appendMarks(of: traits, to: &bytes)
    return bytes
  }

  package static func encode(_ sequence: TokenSequence) -> [UInt8] {
    encode(tokens: sequence.tokens, traits: sequence.traits)
  }

  /// Nil when the bytes are not what `encode` gives.
  package static func decode(_ bytes: UnsafeRawBufferPointer) -> TokenSequence? {
    var position = 0
    guard let count = nextInteger(bytes, &position),
      count <= UInt64((bytes.count - position) / 4)
    else { return nil }
    let tokens = decodeTokens(bytes, Int(count), &position)
    guard var traits = decodeLines(bytes, tokens.count, &position),
      decodeRuns(bytes, into: &traits, &position), decodeMarks(bytes, into: &traits, &position)
    else { return nil }
    return TokenSequence(tokens: tokens, traits: traits)
  }

  /// Nil when the bytes are not what `encode` gives.
  package static func decode(_ bytes: [UInt8]) -> TokenSequence? {
    bytes.withUnsafeBytes { decode($0) }
  }

  private static func appendLines(of traits: [UInt8], to bytes: inout [UInt8]) {
    var start = 0
    while start < traits.count {
      var end = start + 1
      while end < traits.count, traits[end] & TokenTraits.firstOfLine == 0 { end += 1 }
      append(UInt64(end - start), to: &bytes)
      start = end
    }
  }

  private static func appendRuns(of traits: [UInt8], to bytes: inout [UInt8]) {
    var runs: [Range<Int>] = []
    for (index, trait) in traits.enumerated() where trait & TokenTraits.unspaced != 0 {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    append(UInt64(runs.count), to: &bytes)
    var next = 0
    for run in runs {
      append(UInt64(run.lowerBound - next), to: &bytes)
      append(UInt64(run.count), to: &bytes)
      next = run.upperBound
    }
  }

  private static func appendMarks(of traits: [UInt8], to bytes: inout [UInt8]) {
    var next = 0
    for (index, trait) in traits.enumerated() {
      let kind: UInt64
      switch trait & (TokenTraits.digit | TokenTraits.capital) {
      case TokenTraits.digit: kind = 0
      case TokenTraits.digit | TokenTraits.commonNumber: kind = 1
      case TokenTraits.capital: kind = 2
      default: continue
      }
      append(UInt64(index - next) << 2 | kind, to: &bytes)
      next = index + 1
    }
  }

  private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// All of the bytes have been found to be there.
  private static func decodeTokens(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, _ position: inout Int
  ) -> [UInt32] {
    let start = position
    position += count * 4
    return [UInt32](unsafeUninitializedCapacity: count) { output, initialized in
      while initialized < count {
        let token = bytes.loadUnaligned(
          fromByteOffset: start + initialized * 4, as: UInt32.self)
        output.initializeElement(at: initialized, to: UInt32(littleEndian: token))
        initialized += 1
      }
    }
  }

  private static func decodeLines(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, _ position: inout Int
  ) -> [UInt8]? {
    var traits: [UInt8] = []
    traits.reserveCapacity(count)
    while traits.count < count {
      guard let length = nextInteger(bytes, &position), length > 0,
        length <= UInt64(count - traits.count)
      else { return nil }
      let first = traits.count
      traits.append(
        contentsOf: repeatElement(TokenTraits.line(tokens: Int(length)), count: Int(length)))
      traits[first] |= TokenTraits.firstOfLine
    }
    return traits
  }

  private static func decodeRuns(
    _ bytes: UnsafeRawBufferPointer, into traits: inout [UInt8], _ position: inout Int
  ) -> Bool {
    guard let count = nextInteger(bytes, &position), count <= UInt64(traits.count) else {
      return false
    }
    var next = 0
    for run in 0..<count {
      guard let gap = nextInteger(bytes, &position), gap < UInt64(traits.count - next),
        let length = nextInteger(bytes, &position), length > 0,
        length <= UInt64(traits.count - next) - gap, run == 0 || gap > 0
      else { return false }
      next += Int(gap)
      for index in next..<next + Int(length) { traits[index] |= TokenTraits.unspaced }
      next += Int(length)
    }
    return true
  }

  private static func decodeMarks(
    _ bytes: UnsafeRawBufferPointer, into traits: inout [UInt8], _ position: inout Int
  ) -> Bool {
    var next = 0
    while position < bytes.count {
      guard let mark = nextInteger(bytes, &position), mark >> 2 < UInt64(traits.count - next),
        mark & 3 < 3
      else { return false }
      let index = next + Int(mark >> 2)
      traits[index] |= Self.trait(mark & 3)
      next = index + 1
    }
    return true
  }

  /// What the lowest bits of a mark say.
  private static func trait(_ kind: UInt64) -> UInt8 {
    switch kind {
    case 0: TokenTraits.digit
    case 1: TokenTraits.digit | TokenTraits.commonNumber
    default: TokenTraits.capital
    }
  }

  /// Nil past the end, and for what `append` does not write.
  private static func nextInteger(
    _ bytes: UnsafeRawBufferPointer, _ position: inout Int
  ) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 63 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return byte == 0 && shift > 0 ? nil : value }
      shift += 7
    }
    return nil
  }
}
