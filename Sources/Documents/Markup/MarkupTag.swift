// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A tag of HTML or XML.
struct MarkupTag {
  private static let mostAttributes = 32

  let name: MarkupName
  let isEnd: Bool
  /// `<name/>`, which ends an element of XML.
  private(set) var isSelfClosing = false
  /// Where its attributes stand, as pairs of name and value.
  private var attributes: [(name: Range<Int>, value: Range<Int>)] = []

  /// Reads the tag whose "<" is at the cursor, to behind its ">".
  ///
  /// Nil when none begins there: then the cursor stays.
  init?(_ cursor: inout ByteCursor) {
    let isEnd = cursor.byte(at: cursor.position + 1) == UInt8(ascii: "/")
    let start = cursor.position + (isEnd ? 2 : 1)
    guard let first = cursor.byte(at: start),
      ByteCursor.isLetter(first) || first == UInt8(ascii: "_") || first >= 0x80
    else { return nil }
    var end = start
    while let byte = cursor.byte(at: end), byte > 0x20, byte != 0x2F, byte != 0x3E { end += 1 }
    name = MarkupName(cursor.bytes[start..<end])
    self.isEnd = isEnd
    cursor.position = end
    readAttributes(&cursor)
  }

  /// The value of an attribute, its references resolved.
  func attribute(_ wanted: StaticString, _ cursor: ByteCursor) -> String? {
    for (name, value) in attributes.reversed() {
      var place = ByteCursor(Array(cursor.bytes[name]))
      // With a prefix or without, as in xml:lang.
      if let colon = place.bytes.lastIndex(of: UInt8(ascii: ":")) { place.position = colon + 1 }
      guard place.bytes.count - place.position == wanted.utf8CodeUnitCount, place.follows(wanted)
      else { continue }
      let text = CharacterReferences.resolved(Array(cursor.bytes[value]))
      return String(decoding: text, as: UTF8.self)
    }
    return nil
  }

  /// A ">" within a quoted value does not end the tag.
  private mutating func readAttributes(_ cursor: inout ByteCursor) {
    while let byte = cursor.peek {
      switch byte {
      case UInt8(ascii: ">"):
        cursor.position += 1
        return
      case UInt8(ascii: "/"):
        isSelfClosing = cursor.byte(at: cursor.position + 1) == UInt8(ascii: ">")
        cursor.position += 1
      case 0...0x20, UInt8(ascii: "="), UInt8(ascii: "\""), UInt8(ascii: "'"):
        cursor.position += 1
      default: readAttribute(&cursor)
      }
    }
  }

  private mutating func readAttribute(_ cursor: inout ByteCursor) {
    let start = cursor.position
    while let byte = cursor.peek, byte > 0x20, byte != 0x3D, byte != 0x3E, byte != 0x2F {
      cursor.position += 1
    }
    let name = start..<cursor.position
    cursor.skipSpace()
    guard cursor.peek == UInt8(ascii: "=") else { return keep(name, 0..<0) }
    cursor.position += 1
    cursor.skipSpace()
    let first = cursor.position
    if let quote = cursor.peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      cursor.position += 1
      cursor.skip(past: quote)
      let isClosed = cursor.position > first + 1 && cursor.bytes[cursor.position - 1] == quote
      return keep(name, first + 1..<max(first + 1, cursor.position - (isClosed ? 1 : 0)))
    }
    while let byte = cursor.peek, byte > 0x20, byte != 0x3E { cursor.position += 1 }
    keep(name, first..<cursor.position)
  }

  private mutating func keep(_ name: Range<Int>, _ value: Range<Int>) {
    guard attributes.count < Self.mostAttributes else { return }
    attributes.append((name, value))
  }
}
