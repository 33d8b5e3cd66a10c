// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The text of an XML document, block by block: NITF, NewsML-G2, RSS, Atom, DocBook and any other.
///
/// Elements inside running text join it, all others set their content off. Only the predefined
/// entities and HTML's names are expanded, never those that a document declares (XML 1.0, 4.1).
/// Time and memory are linear in the bytes, whatever is nested.
struct XMLReader {
  /// An open element.
  private struct Open {
    let name: MarkupName
    let role: XMLElement?
    /// Part of the sentence around it.
    let isInline: Bool
    /// Where the text of the document stood when an element began that is a thing of its own.
    let start: Int
  }

  private var cursor: ByteCursor
  private var output: [UInt8] = []
  private var block: [UInt8] = []
  private var open: [Open] = []
  /// How many open elements hold no text, or are headers.
  private var dataDepth = 0
  private var headerDepth = 0
  private var itemDepth = 0
  private var items = ItemText()
  private var facts = XMLFacts()

  /// Whether text is XML: a declaration or an element at its beginning.
  static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    var cursor = ByteCursor(Array(bytes.prefix(1024)))
    var hasDeclaration = false
    while true {
      cursor.skipSpace()
      if cursor.follows("<?xml") {
        hasDeclaration = true
      } else if !(cursor.follows("<!--") || cursor.follows("<!doctype") || cursor.follows("<?")) {
        break
      }
      HTMLReader.skipDeclaration(&cursor)
    }
    if hasDeclaration { return cursor.isAtEnd || cursor.peek == UInt8(ascii: "<") }
    guard cursor.peek == UInt8(ascii: "<") else { return false }
    let name = cursor.bytes[(cursor.position + 1)...].prefix { $0 > 0x20 && $0 != 0x3E }
    return roots.contains(MarkupName(name))
  }

  /// Elements that are known to hold whole documents, where no declaration says that it is XML.
  private static let roots = Set(
    "nitf newsitem newsmessage newsml rss feed rdf article book chapter packageitem tei entry"
      .split(separator: " ").map { MarkupName($0) })

  private static let feeds = Set("rss feed rdf".split(separator: " ").map { MarkupName($0) })

  static func read(_ bytes: [UInt8]) -> Extraction {
    var reader = XMLReader(bytes)
    reader.readAll()
    return Extraction(text: reader.output, description: reader.facts.description)
  }

  private init(_ bytes: [UInt8]) {
    cursor = ByteCursor(bytes)
    output.reserveCapacity(bytes.count)
  }

  private mutating func readAll() {
    var markup = NextOfTwo(far: UInt8(ascii: "<"), near: UInt8(ascii: "&"))
    while let byte = cursor.peek {
      if byte == UInt8(ascii: "<") {
        readMarkup()
      } else if byte == UInt8(ascii: "&") {
        CharacterReferences.shared.read(&cursor, into: &block)
      } else {
        let start = cursor.position
        cursor.position = markup.place(in: cursor.bytes, from: start)
        append(cursor.bytes[start..<cursor.position])
      }
    }
    close(downTo: 0)
    flush()
  }

  private mutating func readMarkup() {
    if cursor.follows("<![cdata[") {
      cursor.position += 9
      append(cursor.bytes[cursor.skip(past: "]]>")])
    } else if cursor.follows("<!doctype") {
      skipDocumentType()
    } else if cursor.follows("<!") || cursor.follows("<?") {
      HTMLReader.skipDeclaration(&cursor)
    } else if let tag = MarkupTag(&cursor) {
      if tag.isEnd { end(tag) } else { begin(tag) }
    } else {
      append([0x20])
      cursor.position += 1
    }
  }

  /// With what it declares in brackets.
  private mutating func skipDocumentType() {
    var depth = 0
    while let byte = cursor.peek {
      cursor.position += 1
      switch byte {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ">") where depth <= 0: return
      default: break
      }
    }
  }

  private mutating func begin(_ tag: MarkupTag) {
    var role = XMLElement.known[tag.name]
    if facts.isFirst {
      facts.take(root: tag, cursor)
      items.isFeed = Self.feeds.contains(tag.name)
      // The root holds the document, whatever it is called.
      role = .block
    } else {
      facts.take(role, tag, cursor)
      if role == .item, !items.isFeed { role = .block }
      // In running text they are words of it, as the dates in a history are.
      if hasText, let known = role, known.isFact { role = .inline }
    }
    let isInline =
      switch role {
      case .inline: true
      case nil: hasText
      default: false
      }
    if !isInline { flush() }
    if role == .lineBreak { output.append(0x0A) }
    let element = Open(name: tag.name, role: role, isInline: isInline, start: output.count)
    if role == .item {
      itemDepth += 1
      items.begin(&output)
    }
    if isData(role) { dataDepth += 1 }
    if role == .header { headerDepth += 1 }
    if tag.isSelfClosing { close(element) } else { open.append(element) }
  }

  /// An end tag ends what it names and all that was left open in it; one that ends nothing is none.
  private mutating func end(_ tag: MarkupTag) {
    guard let place = open.suffix(64).lastIndex(where: { $0.name == tag.name }) else { return }
    close(downTo: place)
  }

  private mutating func close(downTo place: Int) {
    while open.count > place, let last = open.last {
      close(last)
      open.removeLast()
    }
  }

  private mutating func close(_ element: Open) {
    if !element.isInline { finish(element) }
    if isData(element.role) { dataDepth -= 1 }
    if element.role == .header { headerDepth -= 1 }
    if element.role == .item {
      itemDepth -= 1
      items.end(&output)
    }
  }

  /// Ends the block that an element held.
  private mutating func finish(_ element: Open) {
    let text = block
    flush()
    let isOwn = itemDepth > 0 || !items.isFeed
    // An item that ended within this element may have taken text back.
    let range = min(element.start, output.count)..<output.count
    switch element.role {
    case .title, .headline, .published, .source, .language, .link:
      facts.take(element.role, text: text, isOfDocument: isOwn)
    case .summary: items.take(summary: range)
    case .content: items.take(content: range)
    default: break
    }
  }

  /// A block begins with its first letter, so that one that is not empty is text.
  private mutating func append(_ text: ArraySlice<UInt8>) {
    block += block.isEmpty ? text.drop { ByteCursor.isSpace($0) } : text
  }

  private var hasText: Bool { !block.isEmpty }

  /// Whether an element's text is none of the document's.
  private func isData(_ role: XMLElement?) -> Bool {
    switch role {
    case .data, .published, .source, .language, .link: true
    default: false
    }
  }

  /// Puts what the block holds into the text, if it is text.
  private mutating func flush() {
    defer { block.removeAll(keepingCapacity: true) }
    guard dataDepth == 0, hasText else { return }
    if headerDepth > 0, open.last?.role != .headline { return }
    let text = HTMLTag.isIn(block) ? HTMLReader.text(block) : block
    guard isProse(text) else { return }
    output += text
    output.append(0x0A)
    output.append(0x0A)
  }

  /// In an element that nobody knows a lone word with digits, an address or a number is a value.
  private func isProse(_ text: [UInt8]) -> Bool {
    if let last = open.last, last.role != nil { return true }
    let words = text.split(whereSeparator: ByteCursor.isSpace)
    guard words.count == 1, let word = words.first else { return Prose.letterBytes(text) > 0 }
    return word.allSatisfy { ByteCursor.isLetter($0) || $0 >= 0x80 }
  }
}
