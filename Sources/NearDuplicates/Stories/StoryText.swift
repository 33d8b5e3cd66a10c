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
  /// By how much more than a short text of a listed language it must be like a story.
  let reserve: Double

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
    reserve = Self.reserve(traits, weights)
    candidates = gathering.candidates(tokens, traits, weights, seen: nil)
  }

  /// What a text of more than some hundred words must have more: the more terms two reports on one
  /// subject have, the more of them they share by chance. Follow-ups of a few sentences have names
  /// in common and little else.
  private static let reserveOfLength = 0.04
  private static let (lengthBegins, lengthEnds) = (90.0, 180.0)
  /// What a text whose words tell less than their weights say must have more, at most.
  private static let reserveOfWords = 0.15
  /// The share of words that no table lists from which on they are taken for words of a language
  /// that has none, and from which on there is no doubt.
  private static let (unlistedBegins, unlistedEnds) = (0.6, 0.8)
  /// The mean weight of words between spaces below which these are taken for syllables, as
  /// Vietnamese is written, and below which there is no doubt. Running text of languages whose
  /// words stand between spaces has 22 and more.
  private static let (syllablesBegin, syllablesEnd) = (20.0, 18.0)
  /// Shorter texts are too short to tell.
  private static let leastWords = 20

  static func reserve(_ traits: [UInt8], _ weights: [UInt8]) -> Double {
    reserveOfLength * part(Double(traits.count), from: lengthBegins, to: lengthEnds)
      + reserveOfWords * doubt(traits, weights)
  }

  /// How much reason there is not to believe the weights, 0 to 1.
  ///
  /// Where the tables list none of a language's words, its commonest ones weigh as much as names;
  /// and the syllables of one say little by themselves, though each is in the tables.
  private static func doubt(_ traits: [UInt8], _ weights: [UInt8]) -> Double {
    var (words, unlisted, sum) = (0, 0, 0)
    for (trait, weight) in zip(traits, weights)
    where trait & (TokenTraits.digit | TokenTraits.unspaced) == 0 {
      words += 1
      unlisted += weight >= TokenWeights.unlisted ? 1 : 0
      sum += Int(weight)
    }
    guard words >= leastWords, 2 * words >= traits.count else { return 0 }
    let share = Double(unlisted) / Double(words)
    let mean = Double(sum) / Double(words)
    return max(
      part(share, from: unlistedBegins, to: unlistedEnds),
      part(mean, from: syllablesBegin, to: syllablesEnd))
  }

  /// How far a value has come from one to another, 0 to 1.
  private static func part(_ value: Double, from: Double, to: Double) -> Double {
    min(1, max(0, (value - from) / (to - from)))
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
