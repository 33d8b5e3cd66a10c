// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a document says of itself, as far as it does.
package struct SelfDescription: Sendable, Equatable {
  /// One line.
  package var title: String?
  /// RFC 3339 in UTC to the second, or a day.
  package var published: String?
  /// The host that it stands at, or who publishes it.
  package var source: String?
  /// A language tag (BCP 47), as it was declared.
  package var language: String?
  /// What the bytes were written in, unless that is UTF-8.
  package var encoding: String?

  /// Makes a value from its fields.
  package init(
    title: String? = nil, published: String? = nil, source: String? = nil,
    language: String? = nil, encoding: String? = nil
  ) {
    self.title = title
    self.published = published
    self.source = source
    self.language = language
    self.encoding = encoding
  }

  /// Whether it says nothing.
  package var isEmpty: Bool { self == SelfDescription() }

  /// The fields with their names in the log, in the order in which they are written.
  package var fields: [(name: StaticString, value: String?)] {
    [
      ("title", title), ("published", published), ("source", source), ("language", language),
      ("encoding", encoding),
    ]
  }
}
