// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The text in the XML of office documents (ECMA-376, OpenDocument 1.3), a paragraph a line.
///
/// Other than in formats of delivery, text stands in known elements only, and a word may be cut
/// into several of them.
struct OfficeXMLReader {
  enum Dialect {
    case openXML
    case openDocument
  }

  private enum Role {
    /// Ends a paragraph.
    case paragraph
    /// Nothing else holds text, or with OpenDocument a paragraph does.
    case run
    case space
    case lineBreak
    /// What it holds is deleted, said twice, or not text.
    case dropped
  }

  private static let openXML = MarkupName.table([
    (Role.paragraph, "p"), (.run, "t"), (.space, "tab ptab"), (.lineBreak, "br cr"),
    (.dropped, "fallback instrText delText"),
  ])
  private static let openDocument = MarkupName.table([
    (Role.paragraph, "p h"), (.space, "s tab"), (.lineBreak, "line-break"),
    (
      .dropped,
      """
      tracked-changes annotation title desc forms sequence-decls variable-decls user-field-decls \
      binary-data event-listeners index-title-template page-number
      """
    ),
  ])

  private let dialect: Dialect
  private let roles: [MarkupName: Role]
  private var cursor: ByteCursor
  private var output: [UInt8] = []
  private var textDepth = 0
  private var droppedDepth = 0

  static func read(_ text: [UInt8], _ dialect: Dialect) -> [UInt8] {
    var reader = OfficeXMLReader(text, dialect)
    reader.readAll()
    return reader.output
  }

  private init(_ text: [UInt8], _ dialect: Dialect) {
    self.dialect = dialect
    roles = dialect == .openXML ? Self.openXML : Self.openDocument
    cursor = ByteCursor(text)
    output.reserveCapacity(text.count / 4)
  }

  private var isText: Bool { textDepth > 0 && droppedDepth == 0 }

  private mutating func readAll() {
    while let byte = cursor.peek {
      if byte == UInt8(ascii: "<") {
        readMarkup()
        continue
      }
      if byte == UInt8(ascii: "&"), isText {
        CharacterReferences.shared.read(&cursor, into: &output)
        continue
      }
      let start = cursor.position
      cursor.position += 1
      while let next = cursor.peek, next != UInt8(ascii: "<"), next != UInt8(ascii: "&") {
        cursor.position += 1
      }
      if isText { output += cursor.bytes[start..<cursor.position] }
    }
  }

  private mutating func readMarkup() {
    if cursor.follows("<!") || cursor.follows("<?") {
      HTMLReader.skipDeclaration(&cursor)
    } else if let tag = MarkupTag(&cursor) {
      if let role = roles[tag.name] { take(role, tag) }
    } else {
      cursor.position += 1
    }
  }

  private mutating func take(_ role: Role, _ tag: MarkupTag) {
    let step = tag.isSelfClosing ? 0 : tag.isEnd ? -1 : 1
    switch role {
    case .paragraph:
      if dialect == .openDocument { textDepth = max(0, textDepth + step) }
      if step <= 0 { output += [0x0A, 0x0A] }
    case .run: textDepth = max(0, textDepth + step)
    case .space: if !tag.isEnd, droppedDepth == 0 { output.append(0x20) }
    case .lineBreak: if !tag.isEnd, droppedDepth == 0 { output.append(0x0A) }
    case .dropped: droppedDepth = max(0, droppedDepth + step)
    }
  }
}
