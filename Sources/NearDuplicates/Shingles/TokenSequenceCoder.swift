// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The form in which a document's tokens and their traits are stored.
///
/// The number of tokens; the tokens, four bytes each, least significant first; runs of tokens whose
/// lines are alike, as length · 16 + bits 4–7 of their traits; for each token with a digit, to the
/// end of the bytes, how many tokens lie between it and the one before, · 2 + 1 if it is a common
/// number. Numbers are in seven bits a byte, least significant first (LEB128). What the hashes mean
/// is up to `FingerprintScheme.version`, which is stored beside them.
package enum TokenSequenceCoder {
  /// As many traits as tokens are expected.
  package static func encode(tokens: [UInt32], traits: [UInt8]) -> [UInt8] {
    precondition(tokens.count == traits.count, "traits are parallel to tokens")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(tokens.count * 4 + tokens.count / 4 + 16)
    append(UInt64(tokens.count), to: &bytes)
    for token in tokens {
      withUnsafeBytes(of: token.littleEndian) { bytes.append(contentsOf: $0) }
    }
    appendLines(of: traits, to: &bytes)
    appendNumbers(of: traits, to: &bytes)
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
      decodeNumbers(bytes, into: &traits, &position)
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
      let line = traits[start] >> TokenTraits.lineShift
      var end = start + 1
      while end < traits.count, traits[end] >> TokenTraits.lineShift == line { end += 1 }
      append(UInt64(end - start) << 4 | UInt64(line), to: &bytes)
      start = end
    }
  }

  private static func appendNumbers(of traits: [UInt8], to bytes: inout [UInt8]) {
    var next = 0
    for (index, trait) in traits.enumerated() where trait & TokenTraits.digit != 0 {
      let common: UInt64 = trait & TokenTraits.commonNumber != 0 ? 1 : 0
      append(UInt64(index - next) << 1 | common, to: &bytes)
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
      guard let run = nextInteger(bytes, &position), run >> 4 > 0,
        run >> 4 <= UInt64(count - traits.count)
      else { return nil }
      traits.append(
        contentsOf: repeatElement(UInt8(run & 0xF) << TokenTraits.lineShift, count: Int(run >> 4)))
    }
    return traits
  }

  private static func decodeNumbers(
    _ bytes: UnsafeRawBufferPointer, into traits: inout [UInt8], _ position: inout Int
  ) -> Bool {
    var next = 0
    while position < bytes.count {
      guard let number = nextInteger(bytes, &position), number >> 1 < UInt64(traits.count - next)
      else { return false }
      let index = next + Int(number >> 1)
      traits[index] |= TokenTraits.digit | (number & 1 == 1 ? TokenTraits.commonNumber : 0)
      next = index + 1
    }
    return true
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
