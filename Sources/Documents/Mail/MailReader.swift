// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The text of a mail (RFC 5322, MIME: RFC 2045 to 2049): what it says, not its header.
///
/// Of alternatives the plain text is taken where there is one; attachments that are texts are read
/// by the readers of their formats.
struct MailReader {
  /// Deeper or further parts are not read.
  private static let deepest = 16
  private static let mostParts = 2_000
  private static let mostBytes = 1 << 26

  private let bytes: [UInt8]
  private var output: [UInt8] = []
  private var parts = 0
  private var language: String?
  private var encoding: String?
  private var attached = DocumentDescription()

  static func read(_ bytes: [UInt8]) -> Extraction {
    let end = MailHeader.end(bytes, from: 0, to: bytes.count)
    let header = MailHeader(bytes, 0..<end)
    var reader = MailReader(bytes: bytes)
    reader.readPart(header, end..<bytes.count, depth: 0)
    var description = DocumentDescription(
      title: header.text("subject"), published: header.text("date"),
      source: header.text("from").flatMap { WebAddress.host(ofMail: $0) },
      language: header.text("content-language"), encoding: reader.encoding)
    description.complete(from: reader.attached)
    return Extraction(text: reader.output, description: description)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func readPart(_ header: MailHeader, _ body: Range<Int>, depth: Int) {
    parts += 1
    guard parts <= Self.mostParts, depth <= Self.deepest, output.count <= Self.mostBytes else {
      return
    }
    let type = header.token("content-type") ?? "text/plain"
    if type.hasPrefix("multipart/") {
      let boundary = header.parameter("boundary", of: "content-type") ?? ""
      readParts(
        separated(by: Array(boundary.utf8), body), isAlternative: type == "multipart/alternative",
        depth: depth)
      return
    }
    let transfer = TransferEncoding(header.token("content-transfer-encoding"))
    if type == "message/rfc822" {
      readForwarded(transfer.decoded(bytes[body]), depth: depth)
      return
    }
    let name = header.parameter("filename", of: "content-disposition") ?? ""
    guard Self.isText(type) else { return }
    let content = transfer.decoded(bytes[body])
    let charset = header.parameter("charset", of: "content-type").flatMap { Charset(label: $0) }
    if type == "text/plain", name.isEmpty {
      readPlain(content, charset, header)
    } else {
      readAttachment(content, charset, type, name)
    }
  }

  private mutating func readParts(_ ranges: [Range<Int>], isAlternative: Bool, depth: Int) {
    var alternatives: [(header: MailHeader, body: Range<Int>, isPlain: Bool)] = []
    for range in ranges.prefix(Self.mostParts) {
      let end = MailHeader.end(bytes, from: range.lowerBound, to: range.upperBound)
      let header = MailHeader(bytes, range.lowerBound..<end)
      let isPlain = (header.token("content-type") ?? "text/plain") == "text/plain"
      if isAlternative {
        alternatives.append((header, end..<range.upperBound, isPlain))
      } else {
        readPart(header, end..<range.upperBound, depth: depth + 1)
      }
    }
    // They say the same: the plainest first, the others only where it says nothing.
    let inOrder = alternatives.filter(\.isPlain) + alternatives.filter { !$0.isPlain }
    for part in inOrder {
      let start = output.count
      readPart(part.header, part.body, depth: depth + 1)
      if Prose.letterBytes(output[start...]) > 0 { return }
    }
  }

  private mutating func readForwarded(_ content: [UInt8], depth: Int) {
    let end = MailHeader.end(content, from: 0, to: content.count)
    var reader = MailReader(bytes: content)
    reader.parts = parts
    reader.readPart(MailHeader(content, 0..<end), end..<content.count, depth: depth + 1)
    parts = reader.parts
    output += reader.output
    encoding = encoding ?? reader.encoding
  }

  private mutating func readPlain(_ content: [UInt8], _ charset: Charset?, _ header: MailHeader) {
    guard case .text(let text, let found) = DecodedBytes(content, declared: charset) else { return }
    encoding = encoding ?? found?.name
    let isFlowed = header.parameter("format", of: "content-type")?.lowercased() == "flowed"
    let joinsWithout = header.parameter("delsp", of: "content-type")?.lowercased() == "yes"
    append(MailText.text(text, isFlowed: isFlowed, deletesSpaces: joinsWithout))
  }

  private mutating func readAttachment(
    _ content: [UInt8], _ charset: Charset?, _ type: String, _ name: String
  ) {
    let ending = name.isEmpty ? ".\(type.split(separator: "/").last ?? "")" : name
    guard
      case .extraction(let read) = FormatReaders.read(
        content, name: Array(ending.utf8), declared: charset, isPart: true)
    else { return }
    append(read.text)
    var description = read.description
    encoding = encoding ?? description.encoding
    description.encoding = nil
    attached.complete(from: description)
  }

  private mutating func append(_ text: [UInt8]) {
    output += text
    output += [0x0A, 0x0A]
  }

  /// Whether a type of content (RFC 2046), in small letters, has texts that are read.
  static func isText(_ type: String) -> Bool {
    if type.hasPrefix("text/") { return !notProse.contains(type) }
    return type.hasSuffix("+xml") || type.hasSuffix("+json") || textual.contains(type)
  }

  private static let notProse: Set<String> = [
    "text/css", "text/javascript", "text/calendar", "text/vcard", "text/x-vcard", "text/csv",
    "text/directory",
  ]
  private static let textual: Set<String> = [
    "application/json", "application/xml", "application/rtf", "application/xhtml+xml",
    "application/ld+json", "application/nitf",
  ]

  /// What stands between the lines that a boundary makes (RFC 2046, section 5.1.1); all that is
  /// there when it has none.
  private func separated(by boundary: [UInt8], _ body: Range<Int>) -> [Range<Int>] {
    let mark = Array("--".utf8) + boundary
    guard !boundary.isEmpty else { return [body] }
    var ranges: [Range<Int>] = []
    var start: Int?
    var place = body.lowerBound
    while place < body.upperBound {
      let end = min(MailHeader.nextLine(bytes, place), body.upperBound)
      if end - place >= mark.count, bytes[place..<place + mark.count].elementsEqual(mark) {
        let rest = bytes[(place + mark.count)..<end]
        let isLast = rest.starts(with: "--".utf8)
        if isLast || rest.allSatisfy({ ByteCursor.isSpace($0) }) {
          if let start { ranges.append(start..<max(start, place)) }
          start = isLast ? nil : end
          if isLast || ranges.count > Self.mostParts { break }
        }
      }
      place = end
    }
    // One that nothing ends was cut off.
    if let start, start < body.upperBound { ranges.append(start..<body.upperBound) }
    return ranges
  }
}
