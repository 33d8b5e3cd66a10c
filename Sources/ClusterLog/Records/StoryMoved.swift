// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document was put into another story in the light of later documents.
package struct StoryMoved: Sendable, Equatable {
  /// The document's number, from 1.
  package var document: UInt32
  /// The drop directory's bytes; only where several are watched.
  package var drop: [UInt8]?
  /// The path relative to the drop directory: raw bytes, any but NUL.
  package var path: [UInt8]
  /// The number of the story it was in.
  package var from: UInt32
  /// The number of the story it is in now.
  package var to: UInt32
  /// Why, in words.
  package var reason: String

  /// Makes a value from its fields.
  package init(
    document: UInt32, drop: [UInt8]? = nil, path: [UInt8], from: UInt32, to: UInt32,
    reason: String
  ) {
    self.document = document
    self.drop = drop
    self.path = path
    self.from = from
    self.to = to
    self.reason = reason
  }
}
