// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A format whose documents are zip archives, and where in them the text is.
package enum ZippedDocument: String, Sendable {
  case word = "Word"
  case powerPoint = "PowerPoint"
  case openDocument = "OpenDocument"
  case epub = "EPUB"

  init?(_ directory: ZipDirectory) {
    if directory.has("word/document.xml") {
      self = .word
    } else if directory.has("ppt/presentation.xml") {
      self = .powerPoint
    } else if directory.has("META-INF/container.xml") {
      self = .epub
    } else if directory.has("content.xml") {
      self = .openDocument
    } else {
      return nil
    }
  }

  /// Nil when the members hold no text where it should be.
  func read(_ archive: CpioArchive) -> Extraction? {
    switch self {
    case .word:
      return Self.office(archive, ["word/document.xml"], .openXML, facts: "docProps/core.xml")
    case .powerPoint:
      return Self.office(archive, Self.slides(archive), .openXML, facts: "docProps/core.xml")
    case .openDocument:
      return Self.office(archive, ["content.xml"], .openDocument, facts: "meta.xml")
    case .epub: return EPUBReader.read(archive)
    }
  }

  private static func office(
    _ archive: CpioArchive, _ parts: [String], _ dialect: OfficeXMLReader.Dialect, facts: String
  ) -> Extraction? {
    let found = parts.compactMap { archive.content($0) }
    guard !found.isEmpty else { return nil }
    var text: [UInt8] = []
    for part in found { text += OfficeXMLReader.read(decoded(part), dialect) }
    var said = DocumentDescription()
    if let facts = archive.content(facts) {
      // When it was last saved is no time of publication.
      let all = XMLReader.read(decoded(facts)).description
      said = DocumentDescription(title: all.title, language: all.language)
    }
    return Extraction(text: text, description: said)
  }

  /// In the order in which they are shown, as far as their numbers say it.
  private static func slides(_ archive: CpioArchive) -> [String] {
    let prefix = "ppt/slides/slide"
    let numbers = archive.members.compactMap { member -> Int? in
      guard member.name.hasPrefix(prefix), member.name.hasSuffix(".xml") else { return nil }
      return Int(member.name.dropFirst(prefix.count).dropLast(4))
    }
    return numbers.sorted().map { "\(prefix)\($0).xml" }
  }

  /// XML in UTF-8; empty where it cannot be decoded.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let bytes = Array(bytes)
    guard case .text(let text, _) = DecodedBytes(bytes, declared: DeclaredCharset.find(bytes))
    else { return [] }
    return text
  }
}
