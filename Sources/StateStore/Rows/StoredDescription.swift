// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a document says of itself; most texts have a title and nothing else.
package struct StoredDescription: Sendable, Equatable {
  /// The document's number.
  package var document: UInt32
  package var title: String?
  /// RFC 3339 in UTC to the second, or a day.
  package var published: String?
  package var source: String?
  /// A language tag (BCP 47), as it was declared.
  package var language: String?
  /// Nil for UTF-8.
  package var encoding: String?

  /// Makes a value from its fields.
  package init(
    document: UInt32, title: String? = nil, published: String? = nil, source: String? = nil,
    language: String? = nil, encoding: String? = nil
  ) {
    self.document = document
    self.title = title
    self.published = published
    self.source = source
    self.language = language
    self.encoding = encoding
  }
}
