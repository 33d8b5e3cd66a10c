// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a page says of itself outside its text: title, time, host, language.
struct HTMLFacts {
  private var title: String?
  private var headline: String?
  private var published: String?
  private var canonical: String?
  private var publisher: String?
  private var language: String?
  /// The text of the article as the page's linked data has it.
  private(set) var articleBody: [UInt8]?

  private static let publishedNames = Set(
    """
    article:published_time datepublished date pubdate publishdate dc.date dc.date.issued \
    dcterms.issued dcterms.created dcterms.date parsely-pub-date sailthru.date og:published_time \
    publish-date article.published cxenseparse:recs:publishtime originalpublicationdate \
    citation_publication_date
    """.split(separator: " ").map(String.init))

  var description: DocumentDescription {
    DocumentDescription(
      title: headline ?? title, published: published,
      source: canonical.flatMap { WebAddress.host($0) } ?? publisher, language: language)
  }

  mutating func take(title bytes: [UInt8]) {
    if title == nil { title = String(decoding: bytes, as: UTF8.self) }
  }

  mutating func take(meta tag: MarkupTag, _ cursor: ByteCursor) {
    guard !tag.isEnd, let content = tag.attribute("content", cursor) else { return }
    let named =
      tag.attribute("property", cursor) ?? tag.attribute("name", cursor)
      ?? tag.attribute("itemprop", cursor) ?? tag.attribute("http-equiv", cursor)
    guard let name = named?.lowercased() else { return }
    switch name {
    case "og:title", "headline": headline = headline ?? content
    case "og:url": canonical = canonical ?? content
    case "og:site_name", "publisher", "dc.publisher": publisher = publisher ?? content
    case "content-language", "og:locale", "dc.language": language = language ?? content
    case _ where Self.publishedNames.contains(name): published = published ?? content
    default: break
    }
  }

  mutating func take(link tag: MarkupTag, _ cursor: ByteCursor) {
    guard !tag.isEnd, tag.attribute("rel", cursor)?.lowercased() == "canonical" else { return }
    canonical = tag.attribute("href", cursor) ?? canonical
  }

  mutating func take(time tag: MarkupTag, _ cursor: ByteCursor) {
    guard !tag.isEnd, published == nil else { return }
    published = tag.attribute("datetime", cursor)
  }

  mutating func take(html tag: MarkupTag, _ cursor: ByteCursor) {
    guard !tag.isEnd else { return }
    language = tag.attribute("lang", cursor) ?? language
  }

  /// JSON-LD (schema.org): it knows better than the page's title, which often names the site too.
  mutating func take(linkedData bytes: [UInt8]) {
    guard let data = JSONReader.read(bytes) else { return }
    let said = data.description
    // A page has data of several things; the one with an article's fields is the page's.
    guard data.hasBody || said.published != nil else { return }
    headline = said.title ?? headline
    published = said.published ?? published
    publisher = said.source ?? publisher
    language = language ?? said.language
    if data.hasBody, articleBody == nil { articleBody = data.text }
  }
}
