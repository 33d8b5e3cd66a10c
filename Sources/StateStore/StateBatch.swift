// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// All that one group of decisions changes; it is committed in one transaction or not at all.
package struct StateBatch: Sendable {
  /// New documents in order of their numbers, which go on from the last one.
  package var documents: [StoredDocument] = []
  /// The tokens of those documents that are not identical to another.
  package var contents: [StoredContent] = []
  /// What those documents say of themselves that say something.
  package var descriptions: [StoredDescription] = []
  /// What is known of paths now; replaces what was known.
  package var files: [StoredFile] = []
  /// Paths that are gone. They are taken away before `files` are put in.
  package var removedFiles: [FileKey] = []
  /// Changes of earlier decisions, in order.
  package var revisions: [Revision] = []
  /// The documents that went beyond the horizon after those of this batch.
  package var expiry: StateExpiry?
  /// Documents that were forgotten after those of this batch.
  package var erasure: StateErasure?
  /// What goes on after the last document; nil when that is as before.
  package var progress: StateHorizon.Progress?
  /// The log lines of this batch, whole, numbered from the store's `nextSequence`.
  package var lines: [UInt8] = []
  /// How many lines there are.
  package var lineCount = 0
  /// The last line that is known to be durable in the log; what is kept up to there is deleted.
  package var durableSequence: UInt64 = 0

  /// Makes an empty batch.
  package init() {}

  /// Whether there is nothing to commit.
  package var isEmpty: Bool {
    documents.isEmpty && files.isEmpty && removedFiles.isEmpty && revisions.isEmpty
      && lineCount == 0 && expiry == nil && erasure == nil
  }

  /// About how much room it needs on the disk, in bytes.
  package var byteCount: Int {
    2 * lines.count + contents.reduce(0) { $0 + $1.tokens.count }
      + 512 * (documents.count + files.count)
  }
}
