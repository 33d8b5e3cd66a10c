// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore
internal import Systemd

/// Looks documents and files up in what is decided and not yet in the state, and else in the state.
struct DocumentLookup {
  /// What a batch says, which the state does not know yet.
  private struct Recent {
    var files: [DroppedFile: StoredFile] = [:]
    var removedFiles: Set<DroppedFile> = []
    /// Files of which is not known any more that their documents were forgotten.
    var otherFiles: Set<DroppedFile> = []
    var documents: [UInt32: StoredDocument] = [:]
    var tokens: [UInt32: TokenSequence] = [:]
    /// What the state keeps of copies that took the place of their originals.
    var promoted: [UInt32: [UInt8]] = [:]

    mutating func removeAll() {
      files.removeAll()
      removedFiles.removeAll()
      otherFiles.removeAll()
      documents.removeAll()
      tokens.removeAll()
      promoted.removeAll()
    }
  }

  /// The batch that is being decided.
  private var current = Recent()
  /// The one that is being written.
  private var previous = Recent()
  /// Also of batches before.
  private var origins = RecentOrigins()

  private let recorded: RecordedFiles

  init(recorded: RecordedFiles) { self.recorded = recorded }

  /// The previous batch is in the state, and the current one is going to be written.
  mutating func turn() {
    previous.removeAll()
    swap(&previous, &current)
  }

  mutating func remember(_ file: StoredFile, _ key: DroppedFile) {
    recorded.names?.insert(file.key)
    current.files[key] = file
    current.removedFiles.remove(key)
  }

  mutating func remove(_ key: DroppedFile) {
    current.files[key] = nil
    current.removedFiles.insert(key)
  }

  mutating func removeForgotten(_ key: DroppedFile) { current.otherFiles.insert(key) }

  mutating func remember(_ document: StoredDocument) {
    current.documents[document.document] = document
    origins.remember(
      FileKey(drop: document.drop, path: document.path), of: document.document)
  }

  mutating func remember(_ tokens: TokenSequence, of document: UInt32) {
    current.tokens[document] = tokens
  }

  // MARK: What stays when documents expire

  /// A copy took the place of its original, whose text it has from now on.
  mutating func remember(_ promotion: StateExpiry.Promotion) throws {
    current.tokens[promotion.to] = try tokens(of: promotion.from)
    current.promoted[promotion.to] = promotion.sketch
  }

  /// What is kept of a document that took the place of its original, and may not be in the state.
  func promotedSketch(of document: UInt32) -> [UInt8]? {
    current.promoted[document] ?? previous.promoted[document]
  }

  /// What is kept of a document.
  ///
  /// - Parameter undurable: its row, when that may not be in the state.
  func sketch(of document: UInt32, _ undurable: StoredDocument?) throws -> [UInt8] {
    if let sketch = promotedSketch(of: document) { return sketch }
    if let undurable { return undurable.sketch }
    return try found(try recorded.reader.document(document), document).sketch
  }

  /// The rows of the state for some documents.
  func storedRows(
    after first: UInt32, through last: UInt32, withPublished: Bool
  ) throws -> [StoredDocument] {
    var rows: [StoredDocument] = []
    try recorded.reader.forEachTrace(
      after: first, limit: Int(last - first), withPublished: withPublished
    ) { row in
      if row.document <= last { rows.append(row.stored()) }
    }
    return rows
  }

  /// Some revisions of the state with their numbers, in order.
  func revisions(
    after number: Int, limit: Int
  ) throws -> [(number: Int, revision: Revision)] {
    try recorded.reader.revisions(after: number, limit: limit)
  }

  func file(_ key: DroppedFile) throws -> StoredFile? {
    if let file = current.files[key] { return file }
    if current.removedFiles.contains(key) { return nil }
    if let file = previous.files[key] { return file }
    if previous.removedFiles.contains(key) { return nil }
    return try recorded.stored(key)
  }

  /// What is kept of a file whose document was forgotten, beside what came of it later.
  func forgotten(_ key: DroppedFile) throws -> StoredFile? {
    if current.otherFiles.contains(key) || previous.otherFiles.contains(key) { return nil }
    return try recorded.forgotten(key)
  }

  func document(_ number: UInt32) throws -> StoredDocument {
    if let document = current.documents[number] ?? previous.documents[number] { return document }
    return try found(try recorded.reader.document(number), number)
  }

  /// Where a document came from.
  func origin(of number: UInt32) throws -> FileKey {
    if let origin = origins.origin(of: number) { return origin }
    if let document = current.documents[number] ?? previous.documents[number] {
      return FileKey(drop: document.drop, path: document.path)
    }
    return try found(try recorded.reader.origin(of: number), number)
  }

  /// When a document says that it was published.
  func published(_ number: UInt32) throws -> String? {
    if let document = current.documents[number] ?? previous.documents[number] {
      return document.published
    }
    return try recorded.reader.description(of: number)?.published
  }

  private func found<Value>(_ value: Value?, _ number: UInt32) throws -> Value {
    guard let value else {
      throw DaemonFailure(
        .inputOutput, .stateFailed, "the state has no document \(number): run neardup verify")
    }
    return value
  }

  /// The first document with the same bytes; the leading bits are looked up, all are compared.
  func original(of digest: [UInt8], among documents: [UInt64: UInt32]) throws -> UInt32? {
    guard let number = documents[Self.key(digest)] else { return nil }
    return try document(number).sha256 == digest ? number : nil
  }

  static func key(_ digest: [UInt8]) -> UInt64 { key(digest.span.bytes) }

  static func key(_ digest: RawSpan) -> UInt64 {
    (0..<min(8, digest.byteCount)).reduce(UInt64(0)) { key, place in
      key << 8 | UInt64(digest.unsafeLoad(fromByteOffset: place, as: UInt8.self))
    }
  }

  func tokens(of document: UInt32) throws -> TokenSequence {
    if let tokens = current.tokens[document] ?? previous.tokens[document] { return tokens }
    guard let blob = try recorded.reader.tokens(of: document),
      let tokens = TokenSequenceCoder.decode(blob)
    else {
      throw DaemonFailure(
        .inputOutput, .stateFailed,
        "the state has no text of document \(document): run neardup verify")
    }
    return tokens
  }
}
