// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a document's bytes are laid out as: by its content first, by its name second.
enum DocumentFormat: Sendable {
  case plain
  case html
  case xml
  case json
  case mail
  case rtf
  case markdown
  case restructured

  private static let byEnding: [String: DocumentFormat] = [
    "html": .html, "htm": .html, "xhtml": .html, "xml": .xml, "md": .markdown,
    "markdown": .markdown, "mdown": .markdown, "rst": .restructured,
  ]

  /// What the name of a file says; nil for most names, `.txt` among them.
  static func named(_ name: [UInt8]) -> DocumentFormat? {
    guard let dot = name.suffix(10).lastIndex(of: UInt8(ascii: ".")) else { return nil }
    return byEnding[String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()]
  }

  /// Of UTF-8. JSON is what may be JSON: only reading it tells.
  init(_ text: [UInt8], name: [UInt8]) {
    let named = Self.named(name)
    if RTFReader.begins(text) {
      self = .rtf
    } else if MailHeader.begins(text) {
      self = .mail
    } else if named == .html || HTMLReader.begins(text) {
      self = .html
    } else if named == .xml && Self.firstByte(text) == UInt8(ascii: "<") || XMLReader.begins(text) {
      self = .xml
    } else if JSONReader.begins(text) {
      self = .json
    } else if let named, named == .markdown || named == .restructured {
      self = named
    } else {
      self = MarkdownReader.begins(text) ? .markdown : .plain
    }
  }

  private static func firstByte(_ text: [UInt8]) -> UInt8? {
    text.first { !ByteCursor.isSpace($0) }
  }

  /// A quick look that nearly all texts pass: whether bytes can only be plain text, if they are
  /// text.
  static func isPlain(_ bytes: UnsafeRawBufferPointer, name: [UInt8]) -> Bool {
    guard let first = bytes.first(where: { !ByteCursor.isSpace($0) }) else { return true }
    switch first {
    case UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "["): return false
    case UInt8(ascii: "-"): if bytes.starts(with: "---".utf8) { return false }
    default: break
    }
    if named(name) != nil { return false }
    // A mail begins with the name of a field, or as in a mailbox.
    let word = bytes.prefix(40).prefix { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: ":") }
    guard word.endIndex < bytes.count else { return true }
    if bytes[word.endIndex] == UInt8(ascii: ":") { return !MailHeader.begins(bytes) }
    return !bytes.starts(with: "From ".utf8) || !MailHeader.begins(bytes)
  }
}
