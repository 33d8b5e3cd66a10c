// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The text of an HTML page, read in one pass over its UTF-8.
///
/// Follows the tokenizer of the HTML standard where that decides what is text: comments, quoted
/// attributes, raw text elements, character references. There is no tree: tags that set off their
/// content separate words, inline ones do not. Time is linear and nothing is nested.
struct HTMLText {
  /// How far a page may be from its first tag or doctype to be taken for one.
  private static let prologueLimit = 1024

  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  /// Elsewhere the lines of the source are not those of the page: they become spaces.
  private var isPreformatted = false

  /// Appends the text of `bytes`, as UTF-8, to `output`; never more bytes than there are.
  static func extract(
    from bytes: UnsafeRawBufferPointer, into output: inout ReusableBuffer<UInt8>
  ) {
    var page = HTMLText(bytes: bytes)
    page.readAll(into: &output)
  }

  /// Whether text begins as HTML pages do, after white space, comments and an XML declaration.
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let prefix = UnsafeRawBufferPointer(rebasing: bytes.prefix(prologueLimit))
    var page = HTMLText(bytes: prefix)
    while page.position < prefix.count {
      switch prefix[page.position] {
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
        page.position += 1
      case UInt8(ascii: "<"):
        if page.follows("<!doctype html") || page.follows("<html") { return true }
        guard page.follows("<!--") || page.follows("<?xml") else { return false }
        page.skipMarkup()
      default:
        return false
      }
    }
    return false
  }

  private init(bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  private mutating func readAll(into output: inout ReusableBuffer<UInt8>) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "<") {
        readMarkup(into: &output)
      } else if byte == UInt8(ascii: "&") {
        readReference(into: &output)
      } else {
        output.append(isPreformatted || !HTMLText.isLineEnd(byte) ? byte : 0x20)
        position += 1
      }
    }
  }

  private mutating func readMarkup(into output: inout ReusableBuffer<UInt8>) {
    guard let next = byte(at: position + 1) else {
      position += 1
      return
    }
    if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
      skipMarkup()
      return
    }
    let isEnd = next == UInt8(ascii: "/")
    let start = position + (isEnd ? 2 : 1)
    guard let first = byte(at: start), HTMLText.isLetter(first) else {
      // A less-than sign, or an end tag without a name: nothing that is part of a word.
      output.append(0x20)
      position = start
      return
    }
    position = start
    let name = readName()
    skipAttributes()
    if let tag = HTMLTag(name) {
      switch tag {
      case .inline: break
      case .lineBreak: output.append(0x0A)
      case .raw:
        if !isEnd { skipRawText(named: name) }
        output.append(0x20)
      case .preformatted:
        isPreformatted = !isEnd
        HTMLText.setOff(&output)
      }
    } else {
      HTMLText.setOff(&output)
    }
  }

  private static func setOff(_ output: inout ReusableBuffer<UInt8>) {
    // Two, so that a hyphen before it does not join.
    output.append(0x0A)
    output.append(0x0A)
  }

  /// Reads a tag's name, in lower case; of names longer than eight bytes only the front counts.
  private mutating func readName() -> UInt64 {
    var name: UInt64 = 0
    var length = 0
    while let byte = byte(at: position), byte > 0x20, byte != 0x2F, byte != 0x3E {
      if length < 8 { name = name << 8 | UInt64(HTMLText.lowercased(byte)) }
      length += 1
      position += 1
    }
    return length > 8 ? 0 : name
  }

  /// To behind the ">" of a tag; one within a quoted value does not end it.
  private mutating func skipAttributes() {
    var isValue = false
    while let byte = byte(at: position) {
      position += 1
      switch byte {
      case UInt8(ascii: ">"): return
      case UInt8(ascii: "="): isValue = true
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if isValue { skip(past: byte) }
        isValue = false
      case 0x09...0x0D, 0x20: break
      default: isValue = false
      }
    }
  }

  /// Comments, doctypes, declarations, CDATA marks.
  private mutating func skipMarkup() {
    guard follows("<!--") else {
      skip(past: UInt8(ascii: ">"))
      return
    }
    // "<!-->" is a whole comment.
    position += 2
    while position < bytes.count {
      if follows("-->") {
        position += 3
        return
      }
      position += 1
    }
  }

  /// To the end tag of an element whose content is not text of the page.
  private mutating func skipRawText(named name: UInt64) {
    while position < bytes.count {
      skip(past: UInt8(ascii: "<"))
      guard byte(at: position) == UInt8(ascii: "/") else { continue }
      position += 1
      if readName() == name {
        skipAttributes()
        return
      }
    }
  }

  private mutating func readReference(into output: inout ReusableBuffer<UInt8>) {
    let start = position + 1
    position = start
    if byte(at: start) == UInt8(ascii: "#") {
      readNumber(into: &output)
      return
    }
    var end = start
    while end - start <= HTMLEntities.longestName, let byte = byte(at: end),
      HTMLText.isLetter(byte) || 0x30...0x39 ~= byte
    {
      end += 1
    }
    guard 1...HTMLEntities.longestName ~= end - start,
      let scalar = HTMLEntities.shared.scalar(
        named: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    else {
      output.append(0x20)  // an ampersand
      return
    }
    TextTranscoder.append(scalar, to: &output)
    position = byte(at: end) == UInt8(ascii: ";") ? end + 1 : end
  }

  private mutating func readNumber(into output: inout ReusableBuffer<UInt8>) {
    position += 1
    var radix: UInt32 = 10
    if let byte = byte(at: position), byte | 0x20 == UInt8(ascii: "x") {
      radix = 16
      position += 1
    }
    let start = position
    var scalar: UInt32 = 0
    while let byte = byte(at: position), let digit = HTMLText.digit(byte), digit < radix {
      scalar = min(scalar * radix + digit, 0x110000)
      position += 1
    }
    guard position > start else {
      output.append(0x20)  // an ampersand and a number sign
      return
    }
    if byte(at: position) == UInt8(ascii: ";") { position += 1 }
    switch scalar {
    case 0x80...0x9F: scalar = TextTranscoder.scalar(windows1252: UInt8(scalar))
    case 0, 0xD800...0xDFFF, 0x110000...: scalar = 0xFFFD
    default: break
    }
    TextTranscoder.append(scalar, to: &output)
  }

  private mutating func skip(past wanted: UInt8) {
    while let byte = byte(at: position) {
      position += 1
      if byte == wanted { return }
    }
  }

  private func byte(at offset: Int) -> UInt8? {
    offset < bytes.count ? bytes[offset] : nil
  }

  /// Whether `text`, in lower case, comes next in any case.
  private func follows(_ text: StaticString) -> Bool {
    guard bytes.count - position >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount
    where HTMLText.lowercased(bytes[position + index]) != text.utf8Start[index] {
      return false
    }
    return true
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    0x0A...0x0D ~= byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    if 0x30...0x39 ~= byte { return UInt32(byte) - 0x30 }
    let letter = byte | 0x20
    return 0x61...0x66 ~= letter ? UInt32(letter) - 0x61 + 10 : nil
  }
}
