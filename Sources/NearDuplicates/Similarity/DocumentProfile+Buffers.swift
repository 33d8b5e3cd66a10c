// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DocumentProfile {
  /// The tokens and what goes with them, lent.
  struct Buffers {
    let tokens: UnsafeBufferPointer<UInt32>
    let traits: UnsafeBufferPointer<UInt8>
    let weights: UnsafeBufferPointer<UInt8>

    var count: Int { tokens.count }

    /// Whether there is a number, and a rare word, among some tokens.
    func content(_ range: Range<Int>) -> (number: Bool, rare: Bool) {
      var (number, rare) = (false, false)
      for index in range {
        number = number || TextWeights.hasDigit(traits[index])
        rare = rare || weights[index] >= TextWeights.rare
      }
      return (number, rare)
    }
  }

  func withBuffers<Result>(_ body: (Buffers) -> Result) -> Result {
    tokens.withUnsafeBufferPointer { tokens in
      traits.withUnsafeBufferPointer { traits in
        weights.withUnsafeBufferPointer { weights in
          body(Buffers(tokens: tokens, traits: traits, weights: weights))
        }
      }
    }
  }
}
