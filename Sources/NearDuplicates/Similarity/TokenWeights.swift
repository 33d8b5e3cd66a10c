// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How much a token says of a document: little where it is a common word, much where it is rare.
///
/// A static table of common words of many languages (`BackgroundWords`), in tenths of a decimal
/// order of magnitude of their frequency: 5 for the most common, 44 for the rarest that is listed.
/// All other words have 50. One array of 32-bit slots with linear probing, 1 MB.
package struct TokenWeights: Sendable {
  package static let shared = TokenWeights()

  /// The weight of words that are not listed, and of numbers that are not common.
  package static let unlisted: UInt8 = 50
  package static let commonNumber: UInt8 = 35

  /// A slot has 64 values for weights, of which zero says that it is empty.
  private static let weightBits: UInt32 = 6
  /// More than twice as many slots as words, so that few next to each other are full.
  private static let slotBits: UInt32 = 18
  /// Room for a word that belongs to the last slots but finds them taken.
  private static let overflow = 512

  /// The low 26 bits of a token, then its weight; a token belongs to the slot of its high 18 bits.
  ///
  /// The six bits that are in neither are those of the slot where it belongs, which is far less
  /// than 2^26 hashes away: a slot that is equal is the token's.
  private let slots: [UInt32]

  private init() {
    var table = [UInt32](
      repeating: 0, count: 1 << TokenWeights.slotBits + TokenWeights.overflow)
    var tokenizer = Tokenizer()
    for (weight, words) in BackgroundWords.groups {
      let text = UnsafeRawBufferPointer(start: words.utf8Start, count: words.utf8CodeUnitCount)
      let result = tokenizer.tokenizeWords(text, tolerant: true)
      assert(result == .complete)
      for token in tokenizer.tokens.elements {
        TokenWeights.insert(token, weight, into: &table)
      }
    }
    slots = table
  }

  /// The weight of a token, from 5 to 50, which for numbers is a matter of their traits.
  @inline(__always)
  package func weight(of token: UInt32, traits: UInt8) -> UInt8 {
    if traits & TokenTraits.digit != 0 {
      return TokenTraits.isCommonNumber(traits)
        ? TokenWeights.commonNumber : TokenWeights.unlisted
    }
    return listed(token) ?? TokenWeights.unlisted
  }

  /// The weight of a token that is in the table.
  func listed(_ token: UInt32) -> UInt8? {
    var slot = TokenWeights.home(of: token)
    let wanted = token << TokenWeights.weightBits
    while slots[slot] != 0 {
      let difference = slots[slot] ^ wanted
      if difference >> TokenWeights.weightBits == 0 { return UInt8(difference) }
      slot += 1
    }
    return nil
  }

  /// Of two words with one hash the more common counts: it was there first.
  private static func insert(_ token: UInt32, _ weight: UInt8, into table: inout [UInt32]) {
    var slot = home(of: token)
    let entry = token << weightBits | UInt32(weight)
    while table[slot] != 0 {
      if (table[slot] ^ entry) >> weightBits == 0 { return }
      slot += 1
    }
    table[slot] = entry
  }

  @inline(__always)
  private static func home(of token: UInt32) -> Int {
    Int(token >> (32 - slotBits))
  }
}
