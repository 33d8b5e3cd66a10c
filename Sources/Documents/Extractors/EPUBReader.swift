// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The chapters of a book (EPUB 3.3) in the order in which they are read.
enum EPUBReader {
  private static let rootfile = MarkupName("rootfile")
  private static let item = MarkupName("item")
  private static let itemref = MarkupName("itemref")

  /// Nil when the book names no chapters that are there.
  static func read(_ archive: CpioArchive) -> Extraction? {
    guard let container = archive.content("META-INF/container.xml"),
      let package = packagePath(ZippedDocument.decoded(container)),
      let content = archive.content(package)
    else { return nil }
    let xml = ZippedDocument.decoded(content)
    let members = Dictionary(
      archive.members.map { ($0.name, $0.content) }, uniquingKeysWith: { first, _ in first })
    let folder = package.lastIndex(of: "/").map { String(package[..<$0]) } ?? ""
    var text: [UInt8] = []
    var isRead: Set<String> = []
    for chapter in spine(xml).map({ path($0, in: folder) }) {
      guard isRead.insert(chapter).inserted, let page = members[chapter] else { continue }
      text += HTMLReader.read(ZippedDocument.decoded(page)).text
      text += [0x0A, 0x0A]
    }
    guard !isRead.isEmpty else { return nil }
    let said = XMLReader.read(xml).description
    return Extraction(
      text: text,
      description: DocumentDescription(
        title: said.title, published: said.published, source: said.source, language: said.language))
  }

  private static func packagePath(_ container: [UInt8]) -> String? {
    var path: String?
    forEachTag(container) { tag, cursor in
      if path == nil, tag.name == rootfile { path = tag.attribute("full-path", cursor) }
    }
    return path
  }

  /// The addresses of the chapters.
  private static func spine(_ package: [UInt8]) -> [String] {
    var addresses: [String: String] = [:]
    var order: [String] = []
    forEachTag(package) { tag, cursor in
      if tag.name == item, let id = tag.attribute("id", cursor) {
        addresses[id] = tag.attribute("href", cursor)
      } else if tag.name == itemref, let id = tag.attribute("idref", cursor) {
        order.append(id)
      }
    }
    return order.compactMap { addresses[$0] }
  }

  private static func forEachTag(_ xml: [UInt8], _ body: (MarkupTag, ByteCursor) -> Void) {
    var cursor = ByteCursor(xml)
    while !cursor.isAtEnd {
      cursor.skip(past: UInt8(ascii: "<"))
      guard !cursor.isAtEnd else { return }
      cursor.position -= 1
      if cursor.follows("<!") || cursor.follows("<?") {
        HTMLReader.skipDeclaration(&cursor)
      } else if let tag = MarkupTag(&cursor) {
        if !tag.isEnd { body(tag, cursor) }
      } else {
        cursor.position += 1
      }
    }
  }

  /// The member that an address in a folder leads to.
  private static func path(_ address: String, in folder: String) -> String {
    var parts = folder.split(separator: "/").map(String.init)
    let plain = address.prefix { $0 != "#" }
    for part in plain.split(separator: "/") {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(unescaped(part))
      }
    }
    return parts.joined(separator: "/")
  }

  /// With what "%" and two digits stand for (RFC 3986, 2.1).
  private static func unescaped(_ text: Substring) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let high = ByteCursor.digit(bytes[place + 1]), let low = ByteCursor.digit(bytes[place + 2])
      {
        result.append(UInt8(high << 4 | low))
        place += 3
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
