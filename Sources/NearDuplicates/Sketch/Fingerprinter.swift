// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Text to tokens to shingles to sketch. One per worker: it reuses its buffers.
package struct Fingerprinter: ~Copyable {
  private var tokenizer = Tokenizer()
  private var builder: SketchBuilder

  private let keepsWording: Bool

  /// - Parameter keepsWording: fingerprints have a `wording`.
  package init(sampling: SketchSampling = .init(), keepsWording: Bool = false) {
    builder = SketchBuilder(sampling: sampling)
    self.keepsWording = keepsWording
  }

  /// The fingerprint of a text in UTF-8.
  ///
  /// Takes time and memory linear in its bytes, whatever they are.
  ///
  /// - Parameter tolerant: malformed sequences separate words rather than end the reading.
  package mutating func fingerprint(
    _ text: UnsafeRawBufferPointer, tolerant: Bool = false
  ) -> FingerprintOutcome {
    switch tokenizer.tokenize(text, tolerant: tolerant) {
    case .nul(let offset): return .binary(offset: offset)
    case .malformed(let offset): return .malformed(offset: offset)
    case .complete: break
    }
    let tokens = tokenizer.tokens.elements
    if tokens.isEmpty, WhiteSpace.fills(text) { return .empty }
    return .document(
      Fingerprint(
        tokens: Array(tokens), traits: Array(tokenizer.traits.elements),
        sketch: builder.sketch(tokens), wording: keepsWording ? Wording(text) : nil))
  }

  package mutating func fingerprint(
    _ text: [UInt8], tolerant: Bool = false
  ) -> FingerprintOutcome {
    text.withUnsafeBytes { fingerprint($0, tolerant: tolerant) }
  }

  /// The sketch of tokens that were stored; equal to that of the fingerprint they come from.
  package mutating func sketch(ofStored tokens: [UInt32]) -> Sketch {
    tokens.withUnsafeBufferPointer { builder.sketch($0) }
  }

  /// A text and where in it the words stand, for showing it; slower than `fingerprint`, which must
  /// have found words.
  package mutating func placedText(_ text: [UInt8]) -> PlacedText {
    PlacedText(text: text, places: text.withUnsafeBytes { tokenizer.places(in: $0) })
  }
}
