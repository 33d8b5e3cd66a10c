// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The strings of a JSON document that may be text, with the object they are the text of.
struct JSONStrings {
  struct Item {
    let text: [UInt8]
    let key: JSONKey?
    /// The texts of two keys of one object are the same one twice.
    let keyName: MarkupName
    let object: Int
    /// Nested in what the key holds, where names and types stand as well.
    let isInherited: Bool
  }

  /// What the document says of itself, or of something else that it names.
  struct Fact {
    let key: JSONKey
    let value: String
    let object: Int
  }

  private static let mostFacts = 64

  private(set) var items: [Item] = []
  private(set) var facts: [Fact] = []

  mutating func take(_ item: Item, in frame: JSONReader.Frame) {
    // The address and the title of a publisher are not those of the document.
    let isOfSource = frame.key == .source && (item.key == .address || item.key == .headline)
    let key = isOfSource ? .source : item.key
    switch key {
    case .published, .source, .address, .language:
      guard let key, facts.count < Self.mostFacts else { return }
      let value = String(decoding: item.text.prefix(300), as: UTF8.self)
      facts.append(Fact(key: key, value: value, object: item.object))
    case .headline, .body, .summary, nil: items.append(item)
    }
  }
}
