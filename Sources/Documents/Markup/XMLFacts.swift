// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What an XML document says of itself.
struct XMLFacts {
  private(set) var isFirst = true
  private var title: String?
  private var headline: String?
  private var published: String?
  private var source: String?
  private var address: String?
  private var language: String?

  var description: DocumentDescription {
    DocumentDescription(
      title: headline ?? title, published: published,
      source: source ?? address.flatMap { WebAddress.host($0) }, language: language)
  }

  mutating func take(root tag: MarkupTag, _ cursor: ByteCursor) {
    isFirst = false
    language = tag.attribute("lang", cursor)
  }

  /// What an element says in its attributes.
  mutating func take(_ role: XMLElement?, _ tag: MarkupTag, _ cursor: ByteCursor) {
    switch role {
    case .published, .source, .language: break
    case .link:
      if address == nil { address = tag.attribute("href", cursor) }
      return
    default: return
    }
    for name in XMLElement.values {
      guard let value = tag.attribute(name, cursor) else { continue }
      take(role, value)
      return
    }
  }

  /// - Parameter isOfDocument: Not of the feed that it is in.
  mutating func take(_ role: XMLElement?, text: [UInt8], isOfDocument: Bool) {
    let value = String(decoding: text.prefix(512), as: UTF8.self)
    guard let line = DocumentDescription.line(value, limit: 512) else { return }
    switch role {
    case .title where isOfDocument: title = title ?? line
    case .headline: headline = headline ?? line
    case .link: address = address ?? line
    default: take(role, line)
    }
  }

  private mutating func take(_ role: XMLElement?, _ value: String) {
    switch role {
    case .published:
      if published == nil, PublishedTime.normalized(value) != nil { published = value }
    case .source: source = source ?? value
    case .language: language = language ?? value
    default: break
    }
  }
}
