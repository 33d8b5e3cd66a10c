// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Markdown and reStructuredText: text as it stands but for what is no word of it: what the front
/// matter says, the addresses of links, the names of directives and fields.
enum MarkdownReader {
  private static let longestFrontMatter = 1 << 14

  /// Whether text begins with a block of YAML between lines of three hyphens.
  static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    let start = Array(bytes.prefix(longestFrontMatter))
    guard start.starts(with: "---\n".utf8) || start.starts(with: "---\r\n".utf8) else {
      return false
    }
    return frontMatter(start) != nil
  }

  static func read(_ bytes: [UInt8]) -> Extraction {
    let matter = frontMatter(Array(bytes.prefix(longestFrontMatter)))
    let body = Array(bytes[(matter?.end ?? 0)...])
    let fields = matter?.fields ?? [:]
    let address = fields["url"] ?? fields["link"] ?? fields["canonical_url"] ?? fields["permalink"]
    return Extraction(
      text: withoutAddresses(HTMLTag.isIn(body) ? withoutTags(body) : body),
      description: DocumentDescription(
        title: fields["title"] ?? heading(body),
        published: fields["date"] ?? fields["published"] ?? fields["pubdate"],
        source: address.flatMap { WebAddress.host($0) } ?? fields["source"],
        language: fields["lang"] ?? fields["language"]))
  }

  /// The text without the fields before it and the directives in it.
  static func readRestructured(_ bytes: [UInt8]) -> Extraction {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var fields: [String: String] = [:]
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if let (name, value) = field(line) {
        fields[name] = fields[name] ?? value
      } else if !line.starts(with: ".. _".utf8), !isDirective(line) {
        output += line
      }
      output.append(0x0A)
    }
    return Extraction(
      text: output,
      description: DocumentDescription(
        title: fields["title"] ?? heading(output), published: fields["date"],
        source: fields["organization"], language: fields["lang"] ?? fields["language"]))
  }

  /// `:name: value` at the beginning of a line.
  private static func field(_ line: ArraySlice<UInt8>) -> (String, String)? {
    guard line.first == UInt8(ascii: ":"),
      let colon = line.dropFirst().prefix(40).firstIndex(of: UInt8(ascii: ":")),
      colon > line.startIndex + 1, colon + 1 == line.endIndex || line[colon + 1] <= 0x20
    else { return nil }
    let name = String(decoding: line[(line.startIndex + 1)..<colon], as: UTF8.self).lowercased()
    return (name, String(decoding: line[(colon + 1)...], as: UTF8.self))
  }

  /// `.. name::`, whose argument is the address of an image, a language, a file.
  private static func isDirective(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: ".. ".utf8) else { return false }
    let name = line.dropFirst(3).prefix { ByteCursor.isLetterOrDigit($0) || $0 == 0x2D }
    return !name.isEmpty && line[name.endIndex...].starts(with: "::".utf8)
  }

  /// The first line of the text that is no empty one, without what marks a heading.
  private static func heading(_ body: [UInt8]) -> String? {
    for line in body.prefix(4096).split(separator: 0x0A).prefix(8) {
      let text = line.drop { $0 == UInt8(ascii: "#") || ByteCursor.isSpace($0) }
      if Prose.letterBytes(Array(text)) > 0 { return String(decoding: text, as: UTF8.self) }
    }
    return nil
  }

  /// The simple fields of the front matter, `name: value`, and where the text begins.
  private static func frontMatter(_ start: [UInt8]) -> (fields: [String: String], end: Int)? {
    guard start.starts(with: "---".utf8) else { return nil }
    var fields: [String: String] = [:]
    var place = MailHeader.nextLine(start, 0)
    guard start[3..<place].allSatisfy({ ByteCursor.isSpace($0) }) else { return nil }
    while place < start.count {
      let end = MailHeader.nextLine(start, place)
      let line = DocumentDescription.line(
        String(decoding: start[place..<end], as: UTF8.self), limit: 512)
      place = end
      if line == "---" || line == "..." { return fields.isEmpty ? nil : (fields, end) }
      guard let line, let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      fields[line[..<colon].lowercased()] = unquoted(value)
    }
    return nil
  }

  private static func unquoted(_ value: Substring) -> String {
    guard let first = value.first, first == "\"" || first == "'", value.count > 1,
      value.last == first
    else { return String(value) }
    return String(value.dropFirst().dropLast())
  }

  /// `[text](address)` is its text; so are images.
  private static func withoutAddresses(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte == UInt8(ascii: "]"), place + 1 < text.count, text[place + 1] == UInt8(ascii: "("),
        let end = text[place...].prefix(2048).firstIndex(of: UInt8(ascii: ")"))
      {
        place = end + 1
        continue
      }
      output.append(byte)
      place += 1
    }
    return output
  }

  /// Markdown lets HTML stand in the text; what looks like a tag and is none stays.
  private static func withoutTags(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var cursor = ByteCursor(text)
    while let byte = cursor.peek {
      if byte == UInt8(ascii: "<"), MarkupTag(&cursor) != nil {
        output.append(0x20)
      } else {
        output.append(byte)
        cursor.position += 1
      }
    }
    return output
  }
}
