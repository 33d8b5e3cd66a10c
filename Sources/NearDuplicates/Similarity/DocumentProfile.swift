// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the pair measures need of a document: a function of its tokens and their traits alone.
final class DocumentProfile: Sendable {
  let tokens: [UInt32]
  let traits: [UInt8]
  /// How much each token says, 5 to 50.
  let weights: [UInt8]
  let pairs: WeightedShingles
  let triples: WeightedShingles
  let words: WeightedWords
  /// The sum of the body values of all tokens.
  let body: Int
  /// Tokens in lines of eight tokens and more.
  let prose: Int

  init(_ sequence: TokenSequence) {
    tokens = sequence.tokens
    traits = sequence.traits
    weights = TokenWeights.shared.weights(of: sequence)
    pairs = WeightedShingles(tokens, weights: weights, length: 2)
    triples = WeightedShingles(tokens, weights: weights, length: 3)
    words = WeightedWords(tokens, weights: weights)
    var (body, prose) = (0, 0)
    for traits in sequence.traits {
      body &+= TextWeights.body(traits)
      prose &+= TextWeights.isProse(traits) ? 1 : 0
    }
    (self.body, self.prose) = (body, prose)
  }

  static let empty = DocumentProfile(TokenSequence(tokens: [], traits: []))

  /// About how much memory it takes.
  var byteCount: Int {
    tokens.count * 6 + 8 * (pairs.count + triples.count + words.entries.count) + 256
  }
}
