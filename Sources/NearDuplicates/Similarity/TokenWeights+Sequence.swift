// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension TokenWeights {
  /// The weights of all tokens of a document.
  func weights(of sequence: TokenSequence) -> [UInt8] {
    let (tokens, traits) = (sequence.tokens, sequence.traits)
    precondition(tokens.count == traits.count, "traits are parallel to tokens")
    return [UInt8](unsafeUninitializedCapacity: tokens.count) { output, count in
      while count < tokens.count {
        output.initializeElement(at: count, to: weight(of: tokens[count], traits: traits[count]))
        count &+= 1
      }
    }
  }
}
