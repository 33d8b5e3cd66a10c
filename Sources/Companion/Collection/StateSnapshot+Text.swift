// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore

extension StateSnapshot {
  /// The words of a document, those of the one with the same bytes if need be; nil where the state
  /// has none.
  func text(of document: RecordedDocument) throws -> TokenSequence? {
    try tokens(of: document.identicalTo ?? document.number).flatMap(TokenSequenceCoder.decode)
  }
}
