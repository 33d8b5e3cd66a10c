// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore

/// The stored texts of documents, one look-up at a time: a replay takes long, and a moment of the
/// state that is held so long would keep the daemon's write-ahead log from being folded in.
struct ReplayedTexts {
  private let collection: RecordedCollection
  private let state: StateReader

  init(_ collection: RecordedCollection, _ state: StateReader) {
    self.collection = collection
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
