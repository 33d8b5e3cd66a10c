// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore

/// The stored texts of documents, one look-up at a time: what needs all of them takes long, and a
/// moment of the state that is held so long would keep the daemon's write-ahead log from being
/// folded in.
struct StoredTexts {
  private let collection: RecordedCollection
  private let state: StateReader

  /// - Parameter asker: what needs the texts, to say when they are not there.
  init(_ source: CollectionSource, _ places: ResultPlaces, for asker: String) throws {
    guard let state = source.state else {
      throw CommandFailure(
        CommandFailure.unreadable, "\(asker) needs the texts of the state, which is not there")
    }
    // Texts of another scheme would be hashed as if they were of this one.
    _ = try StateReader.open(
      directory: places.stateDirectory, schemeVersion: FingerprintScheme.version)
    collection = source.collection
    self.state = state
  }

  /// Nil where the state has none.
  func stored(_ document: UInt32) throws -> TokenSequence? {
    try collection[document].flatMap { known in try state.snapshot { try $0.text(of: known) } }
  }

  /// The text of a document that had one.
  func tokens(_ document: UInt32) throws -> TokenSequence {
    guard let tokens = try stored(document) else {
      throw CommandFailure(
        CommandFailure.unreadable, "the text of document \(document) went away meanwhile; try again"
      )
    }
    return tokens
  }
}
