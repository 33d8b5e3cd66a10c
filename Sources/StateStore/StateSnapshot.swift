// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

/// One moment of the state: whatever is asked of it is of the same commit.
///
/// Good inside `StateReader.snapshot` only. The daemon is never blocked by it, but cannot take its
/// write-ahead log back meanwhile: read what is needed, let go, and print then.
package struct StateSnapshot {
  private let database: Database

  init(_ database: Database) { self.database = database }

  /// The number of the last line that was given out; 0 for none.
  package func lastSequence() throws -> UInt64 {
    UInt64(clamping: try Meta.lastSequence.fetch(database) ?? 0)
  }

  /// The number of the last line that is known to be on the disk.
  package func durableSequence() throws -> UInt64 {
    UInt64(clamping: try Meta.durableSequence.fetch(database) ?? 0)
  }

  /// The number of the last document; 0 for none.
  package func lastDocument() throws -> UInt32 { try database.lastDocument() }

  /// The last document beyond the horizon; 0 for none.
  package func expiredThrough() throws -> UInt32 { try database.expiredThrough() }

  /// The drop directories that were ever seen, by number.
  package func drops() throws -> [UInt32: [UInt8]] { try database.drops() }

  /// Goes over all documents in order of their numbers, one at a time.
  package func forEachDocument(_ body: (borrowing DocumentRow) throws -> Void) throws {
    try database.forEachDocument(body)
  }

  /// Goes over the `sketch` columns of all documents, lent in order of their numbers: the units of
  /// stories, then the document's own trace, as `StoredTrace` of the daemon makes them.
  package func forEachSketch(_ body: (UInt32, RawSpan) throws -> Void) throws {
    try database.forEachSketch(body)
  }

  /// Goes over all revisions in the order in which they were made.
  package func forEachRevision(_ body: (Revision) throws -> Void) throws {
    try database.forEachRevision { try body($1) }
  }

  /// The tokens of a document; nil when it is identical to another or was forgotten.
  package func tokens(of document: UInt32) throws -> [UInt8]? { try database.tokens(of: document) }

  /// What a document says of itself; nil when it says nothing.
  package func description(of document: UInt32) throws -> StoredDescription? {
    try database.description(of: document)
  }

  /// The title of a document; nil when it has none.
  package func title(of document: UInt32) throws -> String? {
    try description(of: document)?.title
  }

  /// Goes over what documents say of themselves, in order of their numbers; those that say nothing
  /// are left out.
  package func forEachDescription(_ body: (StoredDescription) throws -> Void) throws {
    try database.forEachDescription(body)
  }

  /// What is known of a path; nil when it was never looked at.
  package func knownFile(_ key: FileKey) throws -> StoredFile? { try database.file(key) }

  /// The documents whose text should be stored and is not.
  package func documentsWithoutText() throws -> [UInt32] {
    try database.documentsWithoutContents()
  }
}
