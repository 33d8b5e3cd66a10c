// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a document says of itself, 512 bytes at most in all.
package struct DocumentDescription: Sendable, Equatable {
  private static let titleLimit = 256
  private static let sourceLimit = 128
  private static let shortLimit = 40

  /// One line.
  package private(set) var title: String?
  /// RFC 3339, to the second or the day.
  package private(set) var published: String?
  /// The host it stands at, or who publishes it.
  package private(set) var source: String?
  /// A language tag (BCP 47) as it was declared.
  package private(set) var language: String?
  /// What it is written in, unless that is UTF-8.
  package var encoding: String?

  package init(
    title: String? = nil, published: String? = nil, source: String? = nil,
    language: String? = nil, encoding: String? = nil
  ) {
    self.title = title.flatMap { Self.line($0, limit: Self.titleLimit) }
    self.published = published.flatMap { PublishedTime.normalized($0) }
    self.source = source.flatMap { Self.line($0, limit: Self.sourceLimit) }
    self.language = language.flatMap { Self.languageTag($0) }
    self.encoding = encoding.flatMap { Self.line($0, limit: Self.shortLimit) }
  }

  package var isEmpty: Bool { self == DocumentDescription() }

  /// What this one does not say is taken from another.
  mutating func complete(from other: DocumentDescription) {
    title = title ?? other.title
    published = published ?? other.published
    source = source ?? other.source
    language = language ?? other.language
    encoding = encoding ?? other.encoding
  }

  /// A text on one line without controls; nil when nothing is left.
  static func line(_ text: String, limit: Int) -> String? {
    var line: [UInt8] = []
    var length = 0
    var hasSpace = false
    for scalar in text.unicodeScalars {
      if separates(scalar) {
        hasSpace = length > 0
        continue
      }
      let needed = UTF8.width(scalar) + (hasSpace ? 1 : 0)
      guard length + needed <= limit else { break }
      if hasSpace { line.append(0x20) }
      hasSpace = false
      CharacterReferences.append(scalar.value, to: &line)
      length += needed
    }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  @inline(__always)
  private static func separates(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value <= 0x20 }
    return scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
  }

  /// "en_GB" and "EN" are what some write.
  private static func languageTag(_ text: String) -> String? {
    let first = text.split { " ,;\t\r\n".contains($0) }.first.map(String.init) ?? ""
    let tag = first.map { $0 == "_" ? "-" : $0 }
    let isTag = tag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    guard isTag, 2...35 ~= tag.count, tag.first?.isLetter ?? false else { return nil }
    return String(tag)
  }
}
