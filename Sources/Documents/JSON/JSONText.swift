// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What of a JSON document's strings is its text: headline and body of each article in it, where
/// the keys say which these are, else all that are sentences.
struct JSONText {
  let text: [UInt8]
  let description: DocumentDescription
  /// Whether a key said which string is the text.
  let hasBody: Bool

  init(_ strings: JSONStrings) {
    var articles: [Int: Article] = [:]
    var order: [Int] = []
    for item in strings.items {
      guard let key = item.key else { continue }
      if articles[item.object] == nil { order.append(item.object) }
      articles[item.object, default: Article()].take(item, key)
    }
    let found = order.compactMap { articles[$0] }
    let hasBody = found.contains { !$0.bodies.isEmpty }
    self.hasBody = hasBody
    var text: [UInt8] = []
    if hasBody {
      for article in found where !article.bodies.isEmpty { article.append(to: &text) }
    } else if found.contains(where: { !$0.summaries.isEmpty }) {
      for article in found where !article.summaries.isEmpty { article.append(to: &text) }
    } else {
      for item in strings.items where Prose.isIn(item.text) {
        JSONText.append(item.text, to: &text)
      }
    }
    self.text = text
    let first = order.first { object in
      articles[object].map { hasBody ? !$0.bodies.isEmpty : $0.headline != nil } ?? false
    }
    description = JSONText.description(
      strings.facts, of: first, headline: first.flatMap { articles[$0]?.headline })
  }

  private struct Article {
    var headline: [UInt8]?
    private(set) var bodies: [(key: MarkupName, text: [UInt8])] = []
    var summaries: [[UInt8]] = []

    mutating func take(_ item: JSONStrings.Item, _ key: JSONKey) {
      switch key {
      case .headline:
        if headline == nil { headline = item.text }
      case .body:
        // Beside the texts in it there are types and names.
        if !item.isInherited || Prose.isIn(item.text, words: 2) { take(body: item) }
      case .summary:
        if Prose.isIn(item.text, words: 2) { summaries.append(item.text) }
      default: break
      }
    }

    private mutating func take(body item: JSONStrings.Item) {
      guard
        Prose.isIn(item.text, words: 2) || !bodies.isEmpty && Prose.letterBytes(item.text) > 0
      else { return }
      bodies.append((item.keyName, item.text))
    }

    /// Of the texts of several keys the longest: it may be there as HTML and without.
    private var body: [[UInt8]] {
      if bodies.allSatisfy({ $0.key == bodies[0].key }) { return bodies.map(\.text) }
      var lengths: [MarkupName: Int] = [:]
      for body in bodies { lengths[body.key, default: 0] += Prose.letterBytes(body.text) }
      // The first of those that are equally long, so that the answer is the same each time.
      let longest = lengths.values.max()
      let key = bodies.first { lengths[$0.key] == longest }?.key
      return bodies.filter { $0.key == key }.map(\.text)
    }

    func append(to text: inout [UInt8]) {
      if let headline { JSONText.append(headline, to: &text) }
      for part in bodies.isEmpty ? summaries : body { JSONText.append(part, to: &text) }
    }
  }

  private static func append(_ string: [UInt8], to text: inout [UInt8]) {
    text += HTMLTag.isIn(string) ? HTMLReader.text(string) : string
    text += [0x0A, 0x0A]
  }

  /// Of several things that a document names, what its first article says counts first.
  private static func description(
    _ facts: [JSONStrings.Fact], of article: Int?, headline: [UInt8]?
  ) -> DocumentDescription {
    func values(_ key: JSONKey) -> [String] {
      let all = facts.filter { $0.key == key }
      let own = all.filter { $0.object == article }
      return (own.isEmpty && key != .address ? all : own).map(\.value)
    }
    let published = values(.published).first { PublishedTime.normalized($0) != nil }
    let host = values(.address).lazy.compactMap { WebAddress.host($0) }.first
    // A publisher has an identifier, a type and a name: the longest that is no address is the name.
    let name = values(.source).filter { WebAddress.host($0) == nil }
      .max { $0.utf8.count < $1.utf8.count }
    return DocumentDescription(
      title: headline.map { String(decoding: HTMLReader.text($0), as: UTF8.self) },
      published: published, source: host ?? name, language: values(.language).first)
  }
}
