// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What there is to read in a file, by the readers here or by programs of their own.
enum FoundText {
  case extraction(Extraction)
  /// The same without any markup: it may be nothing but white space.
  case plain(Extraction)
  case skipped(Reading.Cause, detail: String)
  case failed(errno: Int32)

  /// How often what was compressed may have been compressed before.
  private static let deepest = 2

  init(_ bytes: [UInt8], name: [UInt8], extractors: Extractors) {
    self.init(bytes, name: name, extractors: extractors, depth: 0)
  }

  /// What a compressed file held.
  init(unpacked bytes: [UInt8], name: [UInt8], extractors: Extractors) {
    self.init(bytes, name: name, extractors: extractors, depth: 1)
  }

  private init(_ bytes: [UInt8], name: [UInt8], extractors: Extractors, depth: Int) {
    if depth == 0, let program = extractors.program(named: name) {
      self.init(program, bytes, extractors: extractors)
      return
    }
    if let format = bytes.withUnsafeBytes({ ForeignFormat($0, name: name) }) {
      self.init(format, bytes, name: name, extractors: extractors, depth: depth)
      return
    }
    if depth > 0, bytes.withUnsafeBytes({ ContainerFormat.detect($0, name: name) }) != nil {
      // The members of a container are cut from a file as it comes, which this one does not.
      self = .skipped(
        .noExtractor, detail: "it holds several documents, which are read only when it is unpacked")
      return
    }
    let outcome = FormatReaders.read(bytes, name: name)
    switch outcome {
    case .extraction(let found): self = .extraction(found)
    case .plain(let found): self = .plain(found)
    case .binary, .undecodable:
      let refusal = outcome.refusal
      self = .skipped(refusal?.cause ?? .binary, detail: refusal?.detail ?? "")
    }
  }

  private init(_ program: Extractors.Named, _ bytes: [UInt8], extractors: Extractors) {
    let format = "a file called \(program.pattern)"
    switch extractors.run(program.command, bytes, format: format) {
    case .output(let written): self.init(written, name: [], extractors: extractors, depth: 1)
    case .skipped(let cause, let detail): self = .skipped(cause, detail: detail)
    case .failed(let errno): self = .failed(errno: errno)
    }
  }

  private init(
    _ format: ForeignFormat, _ bytes: [UInt8], name: [UInt8], extractors: Extractors, depth: Int
  ) {
    guard let purpose = format.purpose else {
      self = Self.unread(format)
      return
    }
    if format.isArchive {
      self = Self.several(format, extractors)
      return
    }
    guard depth <= Self.deepest else {
      self = .skipped(.unreadable, detail: "\(format.name), as was what it comes from")
      return
    }
    let output: [UInt8]
    switch extractors.run(purpose, bytes, format: format.name) {
    case .output(let written): output = written
    case .skipped(let cause, let detail):
      self = .skipped(cause, detail: detail)
      return
    case .failed(let errno):
      self = .failed(errno: errno)
      return
    }
    switch format {
    case .compressed:
      let inner = name.lastIndex(of: UInt8(ascii: ".")).map { Array(name[..<$0]) } ?? name
      self.init(output, name: inner, extractors: extractors, depth: depth + 1)
    case .zipped(let document): self = Self.zipped(document, output, format)
    case .pdf, .word: self = Self.text(output, format)
    case .archive, .damaged: self = Self.unread(format)
    }
  }

  /// The members of an archive are documents of their own, which are not cut from it here.
  private static func several(_ format: ForeignFormat, _ extractors: Extractors) -> FoundText {
    if case .skipped(let cause, let detail) = extractors.program(for: .archive, format.name) {
      return .skipped(cause, detail: detail)
    }
    return .skipped(.noExtractor, detail: "\(format.name) within others: too deep to be read")
  }

  private static func unread(_ format: ForeignFormat) -> FoundText {
    if case .damaged(let what) = format { return .skipped(.unreadable, detail: what) }
    return .skipped(.noExtractor, detail: "\(format.name), which is not read")
  }

  private static func zipped(
    _ document: ZippedDocument, _ output: [UInt8], _ format: ForeignFormat
  ) -> FoundText {
    guard let archive = CpioArchive(output) else {
      return .skipped(.unreadable, detail: "\(format.name): no cpio archive came of it")
    }
    guard let found = document.read(archive) else {
      return .skipped(.unreadable, detail: "\(format.name): its text is not in it")
    }
    return said(found, format)
  }

  /// Of programs that give plain text; whatever that looks like, it is nothing else.
  private static func text(_ output: [UInt8], _ format: ForeignFormat) -> FoundText {
    guard case .text(let text, _) = DecodedBytes(output, declared: .utf8) else {
      return .skipped(.unreadable, detail: "\(format.name): what came of it is no text")
    }
    return said(Extraction(text: BrokenLines.joined(text)), format)
  }

  private static func said(_ found: Extraction, _ format: ForeignFormat) -> FoundText {
    guard Prose.letterBytes(found.text) > 0 else {
      return .skipped(.empty, detail: "\(format.name) without text, as of pictures only")
    }
    return .extraction(found)
  }
}
