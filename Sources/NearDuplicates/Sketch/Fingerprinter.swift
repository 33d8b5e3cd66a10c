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
  /// The text of HTML.
  private var extracted = ReusableBuffer<UInt8>(capacity: 4096)

  private let keepsWording: Bool
  private var wording: Wording?

  /// - Parameter keepsWording: fingerprints have a `wording`.
  package init(sampling: SketchSampling = .init(), keepsWording: Bool = false) {
    builder = SketchBuilder(sampling: sampling)
    self.keepsWording = keepsWording
  }

  /// The fingerprint of a document's bytes.
  ///
  /// Takes time and memory linear in them, whatever they are.
  package mutating func fingerprint(
    _ bytes: UnsafeRawBufferPointer, format: TextFormat = .automatic
  ) -> FingerprintOutcome {
    wording = nil
    if let binaryOffset = tokenize(bytes, format: format) { return .binary(offset: binaryOffset) }
    let tokens = tokenizer.tokens.elements
    if tokens.isEmpty, WhiteSpace.fills(bytes) { return .empty }
    return .document(
      Fingerprint(
        tokens: Array(tokens), traits: Array(tokenizer.traits.elements),
        sketch: builder.sketch(tokens), wording: wording))
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
  private mutating func tokenize(
    _ bytes: UnsafeRawBufferPointer, format: TextFormat
  ) -> Int? {
    let mark = TextEncoding.marked(bytes)
    let markLength = mark?.length ?? 0
    let text = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(markLength))
    if mark == nil || mark?.encoding == .utf8, !isHTML(text, format) {
      // Nearly always right, and then the bytes are read only once.
      if tokenizer.tokenize(text, tolerant: false) == .complete {
        keepWording(of: text)
        return nil
      }
    }
    switch decode(text, markedAs: mark?.encoding, format) {
    case .nul(let offset): return offset + markLength
    case .content(let content):
      let result = tokenizer.tokenize(content, tolerant: true)
      if case .nul(let offset) = result { return offset + markLength }
      keepWording(of: content)
      return nil
    }
  }

  private enum Decoded {
    /// UTF-8 without markup; good until the next text is decoded.
    case content(UnsafeRawBufferPointer)
    /// Not text: a NUL at this offset behind the mark.
    case nul(offset: Int)
  }

  /// - Parameter mark: what the byte order mark, which is not part of `text`, says.
  private mutating func decode(
    _ text: UnsafeRawBufferPointer, markedAs mark: TextEncoding?, _ format: TextFormat
  ) -> Decoded {
    var encoding = mark
    if encoding == nil {
      switch TextEncoding.detected(text) {
      case .binary(let offset): return .nul(offset: offset)
      case .text(let detected): encoding = detected
      }
    }
    var content = text
    if let encoding, encoding != .utf8 {
      rewritten.reset(keeping: Fingerprinter.keptBytes)
      if let offset = TextTranscoder.transcode(text, from: encoding, into: &rewritten) {
        return .nul(offset: offset)
      }
      content = rewritten.bytes
    }
    if isHTML(content, format) {
      if let offset = content.firstIndex(of: 0) { return .nul(offset: offset) }
      extracted.reset(keeping: Fingerprinter.keptBytes)
      HTMLText.extract(from: content, into: &extracted)
      content = extracted.bytes
    }
    return .content(content)
  }

  /// The text of a document and where in it the words stand, for showing it; slower than
  /// `fingerprint`, which must have found words.
  ///
  /// Nil when it is not text.
  package mutating func placedText(_ bytes: [UInt8], format: TextFormat = .automatic) -> PlacedText?
  {
    bytes.withUnsafeBytes { bytes in
      let mark = TextEncoding.marked(bytes)
      let text = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(mark?.length ?? 0))
      guard case .content(let content) = decode(text, markedAs: mark?.encoding, format) else {
        return nil
      }
      let places = tokenizer.places(in: content)
      return PlacedText(text: Array(content), places: places)
    }
  }

  private mutating func keepWording(of text: UnsafeRawBufferPointer) {
    if keepsWording { wording = Wording(text) }
  }

  private func isHTML(_ text: UnsafeRawBufferPointer, _ format: TextFormat) -> Bool {
    format == .html || format == .automatic && HTMLText.begins(text)
  }
}
