// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The header of a mail or of one of its parts (RFC 5322, RFC 2045).
struct MailHeader {
  private static let mostFields = 256
  private static let longestValue = 8192

  /// Those that are wanted, names in small letters, unfolded.
  private var fields: [(name: String, value: [UInt8])] = []

  private static let wanted = Set(
    """
    subject date from content-type content-transfer-encoding content-language content-disposition
    """.split(separator: " ").map { MarkupName($0) })

  /// Two of these make a text a mail.
  private static let telling = Set(
    """
    from to cc date subject message-id received return-path reply-to mime-version content-type \
    delivered-to content-transfer-encoding x-mailer sender in-reply-to references list-id \
    x-original-to dkim-signature newsgroups path organization
    """.split(separator: " ").map { MarkupName($0) })

  /// Whether text begins as mails do: fields, of which several are known, and an empty line.
  static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    // Most texts are told by their first line.
    guard begins(withField: bytes.prefix(256)) else { return false }
    let start = Array(bytes.prefix(1 << 14))
    var known: Set<MarkupName> = []
    var place = 0
    if start.starts(with: "From ".utf8) { place = nextLine(start, 0) }
    for _ in 0..<mostFields {
      guard place < start.count else { break }
      let end = nextLine(start, place)
      let first = start[place]
      if first == 0x0A || first == 0x0D { return known.count >= 2 }
      if first == 0x20 || first == 0x09 {
        guard !known.isEmpty else { return false }
      } else {
        guard let colon = nameEnd(start, place..<end) else { return false }
        let name = MarkupName(start[place..<colon])
        if telling.contains(name) { known.insert(name) }
      }
      place = end
    }
    // A header longer than what is looked at.
    return known.count >= 3 && start.count == 1 << 14
  }

  /// Whether text may be a header as far as its first line tells.
  private static func begins(withField bytes: some Collection<UInt8>) -> Bool {
    if bytes.starts(with: "From ".utf8) { return true }
    guard let end = bytes.prefix(81).firstIndex(where: { !(0x21...0x7E ~= $0 && $0 != 0x3A) })
    else { return false }
    return bytes[end] == UInt8(ascii: ":") && end != bytes.startIndex
  }

  /// Reads the lines of `range` up to the empty one; its upper bound is where the body begins.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    var place = range.lowerBound
    var count = 0
    if bytes[range].starts(with: "From ".utf8) { place = Self.nextLine(bytes, place) }
    var isWanted = false
    while place < range.upperBound {
      let end = min(Self.nextLine(bytes, place), range.upperBound)
      let first = bytes[place]
      let isContinuation = first == 0x20 || first == 0x09
      if isContinuation {
        if isWanted, let last = fields.indices.last, fields[last].value.count < Self.longestValue {
          fields[last].value += Self.trimmed(bytes[place..<end], keepsLeading: true)
        }
      } else if let colon = Self.nameEnd(bytes, place..<end), count < Self.mostFields {
        count += 1
        isWanted = Self.wanted.contains(MarkupName(bytes[place..<colon]))
        if isWanted {
          let name = String(decoding: bytes[place..<colon], as: UTF8.self).lowercased()
          fields.append((name, Array(Self.trimmed(bytes[(colon + 1)..<end], keepsLeading: false))))
        }
      } else {
        isWanted = false
      }
      place = end
    }
  }

  /// Where the body begins behind a header at a place: behind the first empty line.
  static func end(_ bytes: [UInt8], from start: Int, to limit: Int) -> Int {
    var place = start
    while place < limit {
      let end = nextLine(bytes, place)
      let isEmpty = bytes[place..<min(end, limit)].allSatisfy { $0 == 0x0A || $0 == 0x0D }
      if isEmpty { return min(end, limit) }
      place = end
    }
    return limit
  }

  /// The raw value of the first field of a name.
  func raw(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  /// The value with its encoded words read (RFC 2047).
  func text(_ name: String) -> String? { raw(name).map { EncodedWords.decoded($0) } }

  /// The value up to the first parameter, in small letters.
  func token(_ name: String) -> String? {
    guard let raw = raw(name) else { return nil }
    let value = raw.prefix { $0 != UInt8(ascii: ";") }
    return DocumentDescription.line(String(decoding: value, as: UTF8.self), limit: 128)?
      .lowercased()
  }

  /// A parameter of a field, as in `text/plain; charset="koi8-r"`.
  func parameter(_ wanted: String, of name: String) -> String? {
    guard let raw = raw(name) else { return nil }
    var cursor = ByteCursor(raw)
    cursor.skip(past: UInt8(ascii: ";"))
    while !cursor.isAtEnd {
      cursor.skipSpace()
      let start = cursor.position
      while let byte = cursor.peek, byte != UInt8(ascii: "="), byte != UInt8(ascii: ";") {
        cursor.position += 1
      }
      let name = String(decoding: raw[start..<cursor.position], as: UTF8.self).lowercased()
      guard cursor.peek == UInt8(ascii: "=") else {
        cursor.position += 1
        continue
      }
      cursor.position += 1
      let value = Self.parameterValue(&cursor)
      let isWanted = DocumentDescription.line(name, limit: 64) == wanted
      if isWanted { return String(decoding: value, as: UTF8.self) }
      cursor.skip(past: UInt8(ascii: ";"))
    }
    return nil
  }

  private static func parameterValue(_ cursor: inout ByteCursor) -> ArraySlice<UInt8> {
    cursor.skipSpace()
    if cursor.peek == UInt8(ascii: "\"") {
      cursor.position += 1
      let start = cursor.position
      cursor.skip(past: UInt8(ascii: "\""))
      return cursor.bytes[start..<max(start, cursor.position - 1)]
    }
    let start = cursor.position
    while let byte = cursor.peek, byte != UInt8(ascii: ";"), !ByteCursor.isSpace(byte) {
      cursor.position += 1
    }
    return cursor.bytes[start..<cursor.position]
  }

  static func nextLine(_ bytes: [UInt8], _ place: Int) -> Int {
    ByteCursor.index(of: 0x0A, in: bytes, from: place).map { $0 + 1 } ?? max(place, bytes.count)
  }

  /// Where a field's name ends, which is of printable ASCII without spaces.
  private static func nameEnd(_ bytes: [UInt8], _ line: Range<Int>) -> Int? {
    for place in line {
      let byte = bytes[place]
      if byte == UInt8(ascii: ":") { return place > line.lowerBound ? place : nil }
      guard 0x21...0x7E ~= byte, place - line.lowerBound < 80 else { return nil }
    }
    return nil
  }

  private static func trimmed(_ line: ArraySlice<UInt8>, keepsLeading: Bool) -> ArraySlice<UInt8> {
    var line = line
    while let last = line.last, ByteCursor.isSpace(last) { line.removeLast() }
    if !keepsLeading { line = line.drop { ByteCursor.isSpace($0) } }
    return line
  }
}
