// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What is known of a document's text.
package struct Fingerprint: Sendable, Equatable {
  /// The hashes of its words, in their order: the form that is stored, from which shingles of any
  /// length and the sketch derive.
  package var tokens: [UInt32]
  /// One byte for each of `tokens`, laid out as `TokenTraits` says.
  package var traits: [UInt8]
  package var sketch: Sketch
  /// By which tokens can be shown, where that was asked for.
  package var wording: Wording?

  package init(
    tokens: [UInt32], traits: [UInt8], sketch: Sketch, wording: Wording? = nil
  ) {
    assert(tokens.count == traits.count, "traits are parallel to tokens")
    self.tokens = tokens
    self.traits = traits
    self.sketch = sketch
    self.wording = wording
  }

  package var words: Int { tokens.count }
}
