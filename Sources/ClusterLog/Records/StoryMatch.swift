// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The document of another cluster that a story decision was made against.
package struct StoryMatch: Sendable, Equatable {
  /// How many of the terms are written.
  package static let termLimit = 5

  /// The document's number, from 1.
  package var document: UInt32
  /// The path relative to the drop directory: raw bytes, any but NUL.
  package var path: [UInt8]
  /// Similarity of the weighted terms, 0 to 1.
  package var similarity: Double
  /// The terms that counted most; the first five are written.
  package var terms: [String]

  /// Makes a value from its fields.
  package init(
    document: UInt32, path: [UInt8], similarity: Double, terms: [String]
  ) {
    self.document = document
    self.path = path
    self.similarity = similarity
    self.terms = terms
  }
}
