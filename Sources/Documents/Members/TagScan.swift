// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Goes from tag to tag of XML that is lent, past comments, CDATA and declarations.
struct TagScan {
  struct Tag {
    /// Without a prefix.
    let name: Range<Int>
    let isEnd: Bool
    let isSelfClosing: Bool
    let range: Range<Int>
  }

  let lent: LentBytes
  /// Behind the last tag; at the end of all, where something begins whose end is not there.
  private(set) var place = 0

  init(_ lent: LentBytes) { self.lent = lent }

  /// Nil when there is none whose end is there.
  mutating func next() -> Tag? {
    while let start = lent.first(UInt8(ascii: "<"), from: place) {
      place = start
      if lent.follows("<!--", at: start) {
        guard skip(past: "-->", from: start + 4) else { return nil }
      } else if lent.follows("<![CDATA[", at: start) {
        guard skip(past: "]]>", from: start + 9) else { return nil }
      } else if lent.follows("<?", at: start) {
        guard skip(past: "?>", from: start + 2) else { return nil }
      } else if lent.follows("<!", at: start) {
        guard skip(past: ">", from: start + 2) else { return nil }
      } else {
        let isEnd = lent.byte(at: start + 1) == UInt8(ascii: "/")
        let nameStart = start + (isEnd ? 2 : 1)
        guard let first = lent.byte(at: nameStart) else { return nil }
        guard ByteCursor.isLetter(first) || first == UInt8(ascii: "_") || first >= 0x80 else {
          place = nameStart
          continue
        }
        return tag(start, nameStart, isEnd: isEnd)
      }
    }
    place = lent.count
    return nil
  }

  private mutating func skip(past text: StaticString, from start: Int) -> Bool {
    guard let end = lent.first(text, from: start) else { return false }
    place = end + text.utf8CodeUnitCount
    return true
  }

  private mutating func tag(_ start: Int, _ nameStart: Int, isEnd: Bool) -> Tag? {
    var end = nameStart
    var local = nameStart
    while let byte = lent.byte(at: end), byte > 0x20, byte != 0x2F, byte != 0x3E {
      end += 1
      if byte == UInt8(ascii: ":") { local = end }
    }
    // A ">" in a quoted value ends no tag.
    var close = end
    var last: UInt8 = 0
    while let byte = lent.byte(at: close), byte != UInt8(ascii: ">") {
      if last == UInt8(ascii: "="), byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        guard let quote = lent.first(byte, from: close + 1) else { return nil }
        close = quote
      }
      if !ByteCursor.isSpace(byte) { last = byte }
      close += 1
    }
    guard close < lent.count else { return nil }
    place = close + 1
    return Tag(
      name: local..<end, isEnd: isEnd, isSelfClosing: last == UInt8(ascii: "/"),
      range: start..<place)
  }

  /// Whether a tag has such a name, which is in small letters, in any case.
  func isNamed(_ tag: Tag, _ name: StaticString) -> Bool {
    tag.name.count == name.utf8CodeUnitCount
      && lent.followsInAnyCase(name, at: tag.name.lowerBound)
  }
}
