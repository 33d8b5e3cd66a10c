// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The encoding that HTML and XML say they are in (HTML Standard, 13.2.3.2; XML 1.0, 4.3.3).
enum DeclaredCharset {
  /// Pages put much before it.
  private static let prologue = 4096

  /// Nil when nothing is declared, or by a name that nobody knows.
  static func find(_ bytes: [UInt8]) -> Charset? {
    var cursor = ByteCursor(Array(bytes.prefix(prologue)))
    cursor.skipSpace()
    guard cursor.peek == UInt8(ascii: "<") else { return nil }
    if cursor.follows("<?xml") {
      let start = cursor.position
      cursor.skip(past: UInt8(ascii: ">"))
      let declaration = cursor.bytes[start..<cursor.position]
      if let label = value(of: "encoding", in: declaration), let charset = Charset(label: label) {
        return charset
      }
    }
    while !cursor.isAtEnd {
      cursor.skip(past: UInt8(ascii: "<"))
      cursor.position -= 1
      if cursor.follows("<!--") {
        HTMLReader.skipDeclaration(&cursor)
        continue
      }
      guard cursor.follows("<meta"), let tag = MarkupTag(&cursor) else {
        cursor.position += 1
        continue
      }
      let label =
        tag.attribute("charset", cursor)
        ?? tag.attribute("content", cursor).flatMap {
          value(of: "charset", in: Array($0.utf8)[...])
        }
      if let label, let charset = Charset(label: label) { return charset }
    }
    return nil
  }

  /// `name = value`, quoted or up to a space or semicolon.
  private static func value(of name: StaticString, in text: ArraySlice<UInt8>) -> String? {
    var cursor = ByteCursor(Array(text))
    while !cursor.isAtEnd {
      guard cursor.follows(name) else {
        cursor.position += 1
        continue
      }
      cursor.position += name.utf8CodeUnitCount
      cursor.skipSpace()
      guard cursor.peek == UInt8(ascii: "=") else { continue }
      cursor.position += 1
      cursor.skipSpace()
      let value = cursor.bytes[cursor.position...].drop { $0 == 0x22 || $0 == 0x27 }
        .prefix { !"\"'; >\t\r\n?".utf8.contains($0) }
      return String(decoding: value, as: UTF8.self)
    }
    return nil
  }
}
