// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Crypto
internal import Documents
internal import NearDuplicates

/// From the bytes of a file to what there is to decide of it; one for each task, with buffers.
struct ContentReader: ~Copyable {
  enum Answer {
    case result(FileOutcome.Result)
    /// A program is to read these bytes, which `read` waits for, and what they are packed in where
    /// they may be several documents.
    case foreign([UInt8], ForeignFormat?)
  }

  private let places: DropPlaces
  private var reader: DocumentReader
  private let hasStories: Bool
  private var gathering = TermGathering()
  private var skippedDigest: [UInt8]?

  init(places: DropPlaces, sampling: SketchSampling, hasStories: Bool) {
    self.places = places
    reader = DocumentReader(sampling: sampling, keepsWording: hasStories)
    self.hasStories = hasStories
  }

  /// The programs that read what is not read here.
  var extractors: Extractors {
    get { reader.extractors }
    set { reader.extractors = newValue }
  }

  /// Reads what can be read here.
  mutating func look(at bytes: UnsafeRawBufferPointer, _ path: [UInt8]) -> Answer {
    reader.extractors = places.extractors
    if reader.extractors.startProgram(for: bytes, name: path) {
      let packing = reader.extractors.isNamed(path) ? nil : ForeignFormat(bytes, name: path)
      return .foreign(Array(bytes), packing.flatMap { $0.isPacked ? $0 : nil })
    }
    return .result(read(bytes, path))
  }

  /// Reads whatever it is, by a program if need be.
  ///
  /// - Parameter extractors: The programs.
  mutating func read(
    _ bytes: [UInt8], _ path: [UInt8], extractors: Extractors
  ) -> FileOutcome.Result {
    reader.extractors = extractors
    return bytes.withUnsafeBytes { read($0, path) }
  }

  /// Reads a member of a container.
  ///
  /// - Parameter digest: SHA-256 of its bytes.
  mutating func read(
    _ bytes: UnsafeRawBufferPointer, as layout: ContainerMember.Layout, digest: [UInt8]
  ) -> FileOutcome.Result {
    result(of: reader.read(bytes, as: layout)) { digest }
  }

  /// Reads what was in a compressed file.
  ///
  /// - Parameters:
  ///   - name: Of the file, without the ending that says how it was compressed.
  ///   - digest: SHA-256 of the file.
  mutating func read(
    unpacked bytes: [UInt8], _ name: [UInt8], digest: [UInt8]
  ) -> FileOutcome.Result {
    result(of: reader.read(unpacked: bytes, name: name)) { digest }
  }

  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ path: [UInt8]
  ) -> FileOutcome.Result {
    result(of: reader.read(bytes, name: path)) { Self.digest(of: bytes) }
  }

  /// SHA-256, 32 bytes.
  static func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var digest = SHA256()
    digest.update(bufferPointer: bytes)
    return Array(digest.finalize())
  }

  static func digest(of bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { digest(of: $0) } }

  /// What reading a document says of it.
  private mutating func result(of reading: Reading, digest: () -> [UInt8]) -> FileOutcome.Result {
    switch reading {
    case .failed(let errno): return .failed(errno: errno)
    case .skipped(let cause, let detail):
      if cause == .noExtractor { places.noteMissingProgram() }
      skippedDigest = digest()
      return .skipped(SkipReason(cause), detail: detail)
    case .document(let text):
      let minimum = places.minimumWords
      let fingerprint = text.fingerprint
      guard fingerprint.words >= minimum else {
        skippedDigest = digest()
        let words = fingerprint.words == 1 ? "1 word" : "\(fingerprint.words) words"
        return .skipped(.tooShort, detail: "\(words); detection.minimum-words is \(minimum)")
      }
      return .document(
        ReadDocument(
          digest: digest(),
          prepared: hasStories
            ? PreparedDocument(fingerprint, &gathering) : PreparedDocument(fingerprint),
          description: SelfDescription(text.description)))
    }
  }

  /// SHA-256 of what was read last, if it is no document; nil otherwise.
  mutating func takeSkippedDigest() -> [UInt8]? { skippedDigest.take() }
}

extension SelfDescription {
  init(_ said: DocumentDescription) {
    self.init(
      title: said.title, published: said.published, source: said.source,
      language: said.language, encoding: said.encoding)
  }
}

extension SkipReason {
  init(_ cause: Reading.Cause) {
    switch cause {
    case .empty: self = .empty
    case .binary: self = .binary
    case .undecodable: self = .undecodable
    case .unreadable: self = .unreadable
    case .tooLarge: self = .tooLarge
    case .noExtractor: self = .noExtractor
    }
  }
}
