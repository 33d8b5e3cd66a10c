// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What is known of a document's text.
package struct Fingerprint: Sendable, Equatable {
  /// The hashes of its words, in their order: the form that is stored, from which shingles of any
  /// length and the sketch derive.
  package var tokens: [UInt32]
  package var sketch: Sketch

  package init(tokens: [UInt32], sketch: Sketch) {
    self.tokens = tokens
    self.sketch = sketch
  }

  package var words: Int { tokens.count }
}
