// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
package import NearDuplicates

/// The one step from bytes to a document or a reason to skip; one for each who reads, since it
/// keeps its buffers.
///
/// Nearly all files are plain UTF-8, whose bytes go to the tokenizer as they are; everything else
/// is read by `FormatReaders` first, or by a program of its own (`ForeignFormat`).
package struct DocumentReader: ~Copyable {
  private var fingerprinter: Fingerprinter
  /// Programs that read what is not read here; where one runs, reading takes as long as it does.
  package var extractors: Extractors

  /// - Parameter keepsWording: Fingerprints have a `wording`.
  package init(
    sampling: SketchSampling = .init(), keepsWording: Bool = false, extractors: Extractors = .none
  ) {
    fingerprinter = Fingerprinter(sampling: sampling, keepsWording: keepsWording)
    self.extractors = extractors
  }

  /// Takes time and memory linear in the bytes, whatever they are, and what extractors may take.
  ///
  /// - Parameter name: Of the file; its ending is a hint.
  package mutating func read(_ bytes: UnsafeRawBufferPointer, name: [UInt8]) -> Reading {
    if bytes.isEmpty { return .skipped(.empty, detail: "0 bytes") }
    if !extractors.isNamed(name), let text = Self.plainText(bytes, name: name),
      let reading = Self.plain(fingerprinter.fingerprint(text), text)
    {
      return reading
    }
    return readWhole(Array(bytes), name: name)
  }

  package mutating func read(_ bytes: [UInt8], name: [UInt8]) -> Reading {
    bytes.withUnsafeBytes { read($0, name: name) }
  }

  /// Reads a member of a container.
  package mutating func read(
    _ bytes: UnsafeRawBufferPointer, as layout: ContainerMember.Layout
  ) -> Reading {
    if case .file(let name) = layout { return read(bytes, name: name) }
    switch MemberText.read(bytes, as: layout) {
    case .skipped(let cause, let detail): return .skipped(cause, detail: detail)
    case .text(let found): return fingerprint(Self.mended(found)).reading
    }
  }

  /// Reads what a compressed file holds.
  ///
  /// - Parameter name: Without the ending that says how it was compressed.
  package mutating func read(unpacked bytes: [UInt8], name: [UInt8]) -> Reading {
    if bytes.isEmpty { return .skipped(.empty, detail: "0 bytes, without compression") }
    return reading(FoundText(unpacked: bytes, name: name, extractors: extractors))
  }

  /// The text of a document that `read` gives and where in it the words stand, for showing it.
  ///
  /// Nil when it is none.
  package mutating func placedText(_ bytes: [UInt8], name: [UInt8]) -> PlacedText? {
    let isNamed = extractors.isNamed(name)
    let text = bytes.withUnsafeBytes { bytes in
      isNamed
        ? nil
        : Self.plainText(bytes, name: name).flatMap {
          String(validating: $0, as: UTF8.self) == nil || $0.contains(0) ? nil : Array($0)
        }
    }
    if let text { return fingerprinter.placedText(text) }
    switch FoundText(bytes, name: name, extractors: extractors) {
    case .extraction(let found), .plain(let found):
      return fingerprinter.placedText(Self.mended(found).text)
    case .skipped, .failed: return nil
    }
  }

  /// The same of a member of a container.
  package mutating func placedText(
    _ bytes: [UInt8], as layout: ContainerMember.Layout
  ) -> PlacedText? {
    if case .file(let name) = layout { return placedText(bytes, name: name) }
    let text = bytes.withUnsafeBytes { MemberText.read($0, as: layout) }
    guard case .text(let found) = text else { return nil }
    return fingerprinter.placedText(Self.mended(found).text)
  }

  /// The bytes behind the mark, if a quick look finds nothing to do before they are tokenized.
  private static func plainText(
    _ bytes: UnsafeRawBufferPointer, name: [UInt8]
  ) -> UnsafeRawBufferPointer? {
    if ForeignFormat(bytes, name: name) != nil { return nil }
    var text = bytes
    if bytes.first ?? 0 >= 0xEF || bytes.first == 0 {
      guard let mark = ByteOrderMark(bytes) else {
        return bytes.first == 0 ? nil : checked(bytes, name)
      }
      guard mark.charset == .utf8 else { return nil }
      text = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(mark.length))
    }
    return checked(text, name)
  }

  private static func checked(
    _ text: UnsafeRawBufferPointer, _ name: [UInt8]
  ) -> UnsafeRawBufferPointer? {
    guard let base = text.baseAddress, DocumentFormat.isPlain(text, name: name) else { return nil }
    if DecodedBytes.hasControls(text) { return nil }
    if memchr(base, 0x1B, text.count) != nil, DecodedBytes.escaped(text) != nil { return nil }
    if memchr(base, Int32(UInt8(ascii: "&")), min(text.count, 512)) != nil,
      NumericReferences.areIn(text)
    {
      return nil
    }
    return Mojibake.isSuspected(text) ? nil : text
  }

  /// Nil when the bytes turned out to be no plain UTF-8.
  private static func plain(
    _ outcome: FingerprintOutcome, _ text: UnsafeRawBufferPointer
  ) -> Reading? {
    switch outcome {
    case .document(let fingerprint):
      let description = DocumentDescription(title: Prose.title(text))
      return .document(ReadText(fingerprint: fingerprint, description: description))
    case .empty: return .skipped(.empty, detail: "only white space")
    case .malformed, .binary: return nil
    }
  }

  private mutating func readWhole(_ bytes: [UInt8], name: [UInt8]) -> Reading {
    reading(FoundText(bytes, name: name, extractors: extractors))
  }

  private mutating func reading(_ found: FoundText) -> Reading {
    switch found {
    case .skipped(let cause, let detail): return .skipped(cause, detail: detail)
    case .failed(let errno): return .failed(errno: errno)
    case .plain(let found):
      let text = Self.mended(found)
      let reading = fingerprint(text)
      return reading.isEmpty ? .skipped(.empty, detail: "only white space") : reading.reading
    case .extraction(let found): return fingerprint(Self.mended(found)).reading
    }
  }

  /// Text that was read wrongly before it came here is put right; NULs that escapes stand for are
  /// left out.
  private static func mended(_ found: Extraction) -> Extraction {
    var found = found
    if ByteCursor.index(of: 0, in: found.text, from: 0) != nil {
      found.text = found.text.map { $0 == 0 ? 0x20 : $0 }
    }
    if found.text.withUnsafeBytes({ Mojibake.isSuspected($0) }),
      let repaired = Mojibake.repaired(found.text)
    {
      found.text = repaired
      found.description.encoding = found.description.encoding ?? "utf-8, read as another"
    }
    if found.description.title == nil {
      let title = found.text.withUnsafeBytes { Prose.title($0) }
      found.description.complete(from: DocumentDescription(title: title))
    }
    return found
  }

  private mutating func fingerprint(_ found: Extraction) -> (reading: Reading, isEmpty: Bool) {
    let outcome = found.text.withUnsafeBytes { fingerprinter.fingerprint($0, tolerant: true) }
    guard case .document(let fingerprint) = outcome else {
      // Markup without text is a document without words.
      let nothing = Fingerprint(
        tokens: [], traits: [], sketch: fingerprinter.sketch(ofStored: []))
      let text = ReadText(fingerprint: nothing, description: found.description)
      return (.document(text), true)
    }
    return (
      .document(ReadText(fingerprint: fingerprint, description: found.description)), false
    )
  }
}
