// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Documents of office programs with a text in them, as small as they can be.
package enum OfficeFiles {
  /// Each paragraph in two runs, which part a word.
  package static func docx(_ text: String) -> [UInt8] {
    let body = paragraphs(text).map { paragraph in
      let cut = paragraph.index(paragraph.startIndex, offsetBy: paragraph.count / 3)
      let runs = [paragraph[..<cut], paragraph[cut...]].map {
        "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">\(escaped($0))</w:t></w:r>"
      }
      return "<w:p><w:pPr/>\(runs.joined())</w:p>"
    }
    return ZipFile.bytes([
      ("[Content_Types].xml", "<Types/>"),
      ("word/document.xml", "<w:document><w:body>\(body.joined())</w:body></w:document>"),
      ("docProps/core.xml", "<cp:coreProperties><dc:title>A memo</dc:title></cp:coreProperties>"),
    ])
  }

  package static func odt(_ text: String) -> [UInt8] {
    let body = paragraphs(text).map { "<text:p>\(escaped($0[...]))</text:p>" }.joined()
    return ZipFile.bytes([
      ("mimetype", "application/vnd.oasis.opendocument.text"),
      (
        "content.xml",
        "<office:document-content><office:body><office:text>\(body)</office:text></office:body>"
          + "</office:document-content>"
      ),
    ])
  }

  /// A slide for each paragraph, in the archive in the opposite order.
  package static func pptx(_ text: String) -> [UInt8] {
    let slides = paragraphs(text).enumerated().map { number, paragraph in
      (
        name: "ppt/slides/slide\(number + 1).xml",
        text: "<p:sld><a:p><a:r><a:t>\(escaped(paragraph[...]))</a:t></a:r></a:p></p:sld>"
      )
    }
    return ZipFile.bytes(
      [("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<p:presentation/>")]
        + slides.reversed())
  }

  /// Two chapters, in the archive in the opposite order; the name of one is not ASCII.
  package static func epub(_ text: String) -> [UInt8] {
    let all = paragraphs(text)
    let chapters = [all[..<(all.count / 2)], all[(all.count / 2)...]].map { part in
      "<html><body>\(part.map { "<p>\(escaped($0[...]))</p>" }.joined())</body></html>"
    }
    return ZipFile.bytes([
      ("mimetype", "application/epub+zip"),
      (
        "META-INF/container.xml",
        "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>"
      ),
      (
        "OEBPS/book.opf",
        """
        <package><metadata><dc:title>A book</dc:title></metadata><manifest>\
        <item id="two" href="text/two.xhtml"/><item id="one" href="text/%C3%A9in.xhtml"/></manifest>\
        <spine><itemref idref="one"/><itemref idref="two"/></spine></package>
        """
      ),
      ("OEBPS/text/two.xhtml", chapters[1]), ("OEBPS/text/éin.xhtml", chapters[0]),
    ])
  }

  /// A compound file (MS-CFB) with one stream, which says only where its text is (MS-DOC).
  package static func doc(_ text: String) -> [UInt8] {
    let characters = Array(text.replacing("\n", with: "\r").unicodeScalars.filter(\.isASCII))
    let textStart = 0x600
    var stream: [UInt8] = [0xEC, 0xA5, 0xC1, 0] + [UInt8](repeating: 0, count: 20)
    stream += little(textStart, 4) + little(textStart + characters.count, 4)
    stream += [UInt8](repeating: 0, count: textStart - stream.count)
    stream += characters.map { UInt8(truncatingIfNeeded: $0.value) }
    // Shorter ones would be in another stream; a sector has 512 bytes.
    stream += [UInt8](repeating: 0, count: max(0, 4096 - stream.count))
    let size = stream.count
    stream += [UInt8](repeating: 0, count: (512 - size % 512) % 512)
    let sectors = stream.count / 512
    precondition(sectors <= 126, "one sector has the list of all")
    let (free, end, list) = (0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD)
    var next = [list, end] + (0..<sectors - 1).map { $0 + 3 } + [end]
    next += [Int](repeating: free, count: 128 - next.count)
    let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    var header = magic + [UInt8](repeating: 0, count: 16)
    for value in [0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0] { header += little(value, 2) }
    for value in [0, 1, 1, 0, 4096, end, 0, end, 0, 0] { header += little(value, 4) }
    header += [UInt8](repeating: 0xFF, count: 512 - header.count)
    let entries =
      entry("Root Entry", kind: 5, child: 1, start: end, size: 0)
      + entry("WordDocument", kind: 2, child: free, start: 2, size: size)
      + [UInt8](repeating: 0, count: 256)
    return header + next.flatMap { little($0, 4) } + entries + stream
  }

  private static func entry(
    _ name: String, kind: UInt8, child: Int, start: Int, size: Int
  ) -> [UInt8] {
    var entry = (name + "\0").utf16.flatMap { little(Int($0), 2) }
    let length = entry.count
    entry += [UInt8](repeating: 0, count: 64 - length)
    entry += little(length, 2) + [kind, 1] + little(0xFFFF_FFFF, 4) + little(0xFFFF_FFFF, 4)
    entry += little(child, 4) + [UInt8](repeating: 0, count: 36)
    return entry + little(start, 4) + little(size, 8)
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func paragraphs(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  private static func escaped(_ text: Substring) -> String {
    String(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }
}
