// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document was forgotten because its file is gone (`on-delete = "forget"`).
package struct Removed: Sendable, Equatable {
  /// The document's number, from 1.
  package var document: UInt32
  /// The drop directory's bytes; only where several are watched.
  package var drop: [UInt8]?
  /// The path relative to the drop directory: raw bytes, any but NUL.
  package var path: [UInt8]
  /// The number of the cluster it was in.
  package var cluster: UInt32

  /// Makes a value from its fields.
  package init(
    document: UInt32, drop: [UInt8]? = nil, path: [UInt8], cluster: UInt32
  ) {
    self.document = document
    self.drop = drop
    self.path = path
    self.cluster = cluster
  }
}
