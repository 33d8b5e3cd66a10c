// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document was forgotten: its text is gone, and it takes no part in decisions any more.
package struct Removed: Sendable, Equatable {
  /// The document's number, from 1.
  package var document: UInt32
  /// The drop directory's bytes; only where several are watched.
  package var drop: [UInt8]?
  /// The path relative to the drop directory: raw bytes, any but NUL.
  package var path: [UInt8]
  /// The number of the cluster it was in.
  package var cluster: UInt32
  /// Why; nil in records of versions that did not say.
  package var reason: RemovalReason?

  /// Makes a value from its fields.
  package init(
    document: UInt32, drop: [UInt8]? = nil, path: [UInt8], cluster: UInt32,
    reason: RemovalReason? = nil
  ) {
    self.document = document
    self.drop = drop
    self.path = path
    self.cluster = cluster
    self.reason = reason
  }
}

/// Why a document was forgotten.
package enum RemovalReason: String, Sendable, CaseIterable {
  /// Its file was deleted (`on-delete = "forget"`).
  case deleted
  /// Somebody asked for it (`neardup forget`).
  case requested
}
