// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The tokens of a document that is not identical to another, for the full measure.
package struct StoredContent: Sendable, Equatable {
  /// The document's number.
  package var document: UInt32
  /// The tokens in the engine's own form; opaque here.
  package var tokens: [UInt8]

  /// Makes a value from its fields.
  package init(document: UInt32, tokens: [UInt8]) {
    self.document = document
    self.tokens = tokens
  }
}
