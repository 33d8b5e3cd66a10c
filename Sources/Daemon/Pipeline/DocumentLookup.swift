// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore

/// Looks documents and files up in the batch that is being made, and else in the state.
struct DocumentLookup {
  /// What the batch says, which the state does not know yet.
  private var files: [DroppedFile: StoredFile] = [:]
  private var removedFiles: Set<DroppedFile> = []
  var documents: [UInt32: StoredDocument] = [:]
  var tokens: [UInt32: TokenSequence] = [:]

  private let recorded: RecordedFiles

  init(recorded: RecordedFiles) { self.recorded = recorded }

  /// The batch is in the state.
  mutating func clear() {
    files.removeAll(keepingCapacity: true)
    removedFiles.removeAll(keepingCapacity: true)
    documents.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
  }

  mutating func remember(_ file: StoredFile, _ key: DroppedFile) {
    files[key] = file
    removedFiles.remove(key)
  }

  mutating func remove(_ key: DroppedFile) {
    files[key] = nil
    removedFiles.insert(key)
  }

  func file(_ key: DroppedFile) throws -> StoredFile? {
    if let file = files[key] { return file }
    if removedFiles.contains(key) { return nil }
    return try recorded.stored(key)
  }

  func document(_ number: UInt32) throws -> StoredDocument {
    if let document = documents[number] { return document }
    guard let document = try recorded.reader.document(number) else {
      throw DaemonFailure(.inputOutput, "the state has no document \(number): run neardup verify")
    }
    return document
  }

  func tokens(of document: UInt32) throws -> TokenSequence {
    if let tokens = tokens[document] { return tokens }
    guard let blob = try recorded.reader.tokens(of: document),
      let tokens = TokenSequenceCoder.decode(blob)
    else {
      throw DaemonFailure(
        .inputOutput, "the state has no text of document \(document): run neardup verify")
    }
    return tokens
  }
}
