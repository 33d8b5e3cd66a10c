// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Bytes to tokens to shingles to sketch. One per worker: it reuses its buffers.
package struct Fingerprinter: ~Copyable {
  /// What a worker keeps from document to document; more is given back.
  private static let keptBytes = 1 << 20

  private var tokenizer = Tokenizer()
  private var builder: SketchBuilder
  /// Text that had to be rewritten before it could be read.
  private var rewritten = ReusableBuffer<UInt8>(capacity: 4096)

  package init(sampling: SketchSampling = .init()) {
    builder = SketchBuilder(sampling: sampling)
  }

  /// The fingerprint of a document's bytes.
  ///
  /// Takes time and memory linear in them, whatever they are.
  package mutating func fingerprint(
    _ bytes: UnsafeRawBufferPointer, format: TextFormat = .automatic
  ) -> FingerprintOutcome {
    if let binaryOffset = tokenize(bytes) { return .binary(offset: binaryOffset) }
    let tokens = tokenizer.tokens.elements
    if tokens.isEmpty, WhiteSpace.fills(bytes) { return .empty }
    return .document(Fingerprint(tokens: Array(tokens), sketch: builder.sketch(tokens)))
  }

  package mutating func fingerprint(
    _ bytes: [UInt8], format: TextFormat = .automatic
  ) -> FingerprintOutcome {
    bytes.withUnsafeBytes { fingerprint($0, format: format) }
  }

  /// The sketch of tokens that were stored; equal to that of the fingerprint they come from.
  package mutating func sketch(ofStored tokens: [UInt32]) -> Sketch {
    tokens.withUnsafeBufferPointer { builder.sketch($0) }
  }

  /// Leaves the tokens in the tokenizer, or returns where the NUL is.
  private mutating func tokenize(_ bytes: UnsafeRawBufferPointer) -> Int? {
    let mark = TextEncoding.marked(bytes)
    let text = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(mark?.length ?? 0))
    if mark == nil || mark?.encoding == .utf8 {
      // Nearly always right, and then the bytes are read only once.
      if tokenizer.tokenize(text, tolerant: false) == .complete { return nil }
    }
    let encoding: TextEncoding
    if let mark {
      encoding = mark.encoding
    } else {
      switch TextEncoding.detected(text) {
      case .binary(let offset): return offset
      case .text(let detected): encoding = detected
      }
    }
    return tokenize(text, in: encoding).map { $0 + (mark?.length ?? 0) }
  }

  private mutating func tokenize(
    _ text: UnsafeRawBufferPointer, in encoding: TextEncoding
  ) -> Int? {
    if encoding == .utf8 {
      guard case .nul(let offset) = tokenizer.tokenize(text, tolerant: true) else { return nil }
      return offset
    }
    rewritten.reset(keeping: Fingerprinter.keptBytes)
    if let offset = TextTranscoder.transcode(text, from: encoding, into: &rewritten) {
      return offset
    }
    _ = tokenizer.tokenize(rewritten.bytes, tolerant: true)
    return nil
  }
}
