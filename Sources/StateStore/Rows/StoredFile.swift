// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What is known of a path: which file it was when it was looked at, and what came of it.
package struct StoredFile: Sendable, Equatable {
  /// Where it is.
  package var key: FileKey
  /// `st_dev` of stat(2).
  package var device: UInt64
  /// `st_ino` of stat(2); 0 for a file that could not be looked at.
  package var inode: UInt64
  /// In bytes.
  package var size: Int
  /// `st_mtim` in nanoseconds since the epoch.
  package var modified: Int64
  /// `st_ctim` in nanoseconds since the epoch.
  package var changed: Int64
  /// The document that it became; nil for a skipped file, unless that was skipped unread and may
  /// still be the document.
  package var document: UInt32?
  /// The SHA-256 of the document, 32 bytes; nil where there is none, or other content came since.
  package var sha256: [UInt8]?
  /// Why it was skipped, as the cluster log's word.
  package var skipReason: String?

  /// Makes a value from its fields.
  package init(
    key: FileKey, device: UInt64, inode: UInt64, size: Int, modified: Int64, changed: Int64,
    document: UInt32? = nil, sha256: [UInt8]? = nil, skipReason: String? = nil
  ) {
    self.key = key
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
    self.document = document
    self.sha256 = sha256
    self.skipReason = skipReason
  }
}
