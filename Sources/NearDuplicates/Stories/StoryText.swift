// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What stories need of a text: a function of its tokens alone, made by the workers.
///
/// Of a very long text the beginning is taken.
package struct StoryText: Sendable {
  /// So many tokens are looked at.
  static let tokenLimit = 1 << 16

  let tokens: [UInt32]
  let traits: [UInt8]
  let weights: [UInt8]
  /// The hash of each line, in their order.
  let lines: [UInt64]
  /// The heaviest terms of the text if no line has been seen before.
  let candidates: [TermCandidate]

  /// - Parameter gathering: lends its buffers.
  package init(_ sequence: TokenSequence, _ gathering: inout TermGathering) {
    self.init(
      tokens: sequence.tokens, traits: sequence.traits,
      weights: TokenWeights.shared.weights(of: sequence), &gathering)
  }

  init(
    tokens: [UInt32], traits: [UInt8], weights: [UInt8], _ gathering: inout TermGathering
  ) {
    precondition(
      traits.count == tokens.count && weights.count == tokens.count, "they are parallel")
    self.tokens = tokens
    self.traits = traits
    self.weights = weights
    lines = Self.lines(tokens, traits)
    candidates = gathering.candidates(tokens, traits, weights, seen: nil)
  }

  static func lines(_ tokens: [UInt32], _ traits: [UInt8]) -> [UInt64] {
    let count = min(tokens.count, tokenLimit)
    var lines: [UInt64] = []
    lines.reserveCapacity(32)
    tokens.withUnsafeBufferPointer { tokens in
      traits.withUnsafeBufferPointer { traits in
        var start = 0
        while start < count {
          // Tokens are hashes: between them a multiplication will do, which is soon done.
          var hash: UInt64 = 0x243F_6A88_85A3_08D3
          var place = start
          repeat {
            hash = (hash &<< 5 | hash &>> 59) ^ UInt64(tokens[place])
            hash = hash &* 0x9E37_79B9_7F4A_7C15
            place &+= 1
          } while place < count && traits[place] & TokenTraits.firstOfLine == 0
          lines.append(Mixing.mix(hash))
          start = place
        }
      }
    }
    return lines
  }

  /// The heaviest terms of the text when some lines are known from other texts.
  func candidates(seen: [Bool], _ gathering: inout TermGathering) -> [TermCandidate] {
    seen.contains(true) ? gathering.candidates(tokens, traits, weights, seen: seen) : candidates
  }
}
