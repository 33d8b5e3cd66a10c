// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The words of a document as they are stored: their hashes and, parallel to them, their traits.
package struct TokenSequence: Sendable, Equatable {
  package var tokens: [UInt32]
  /// One byte per token, laid out as `TokenTraits` says.
  package var traits: [UInt8]

  package init(tokens: [UInt32], traits: [UInt8]) {
    self.tokens = tokens
    self.traits = traits
  }

  package var words: Int { tokens.count }
}
