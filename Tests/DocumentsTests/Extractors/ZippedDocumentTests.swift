// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(5)))
struct ZippedDocumentTests {
  /// As bsdtar writes it.
  private func cpio(_ members: [(name: String, text: String)]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (name, text) in members + [("TRAILER!!!", "")] {
      var fields = [Int](repeating: 0, count: 13)
      (fields[6], fields[11]) = (text.utf8.count, name.utf8.count + 1)
      let digits = fields.map { field in
        let number = String(field, radix: 16)
        return String(repeating: "0", count: 8 - number.count) + number
      }
      bytes += Array("070701\(digits.joined())\(name)\0".utf8)
      while bytes.count % 4 != 0 { bytes.append(0) }
      bytes += Array(text.utf8)
      while bytes.count % 4 != 0 { bytes.append(0) }
    }
    return bytes
  }

  private func text(_ document: ZippedDocument, _ members: [(String, String)]) -> String? {
    CpioArchive(cpio(members)).flatMap { document.read($0) }.map {
      String(decoding: $0.text, as: UTF8.self)
    }
  }

  private func lines(_ text: String?) -> [String]? {
    text?.split(separator: "\n").map(String.init)
  }

  @Test func aWordInPiecesIsOneWord() {
    let xml = """
      <w:document><w:body><w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr><w:r><w:t>Har</w:t>
      </w:r><w:r><w:t xml:space="preserve">bour &amp; </w:t><w:tab/><w:t>ferry</w:t></w:r></w:p>
      <w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText>
      <w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p></w:body></w:document>
      """
    let found = lines(text(.word, [("word/document.xml", xml)]))
    #expect(found == [" Harbour &  ferry", "two", "three"])
  }

  @Test func whatIsSaidTwiceIsReadOnce() {
    let xml = """
      <w:document><w:p><mc:AlternateContent><mc:Choice><w:t>box</w:t></mc:Choice>\
      <mc:Fallback><w:t>box</w:t></mc:Fallback></mc:AlternateContent><wp:posOffset>12</wp:posOffset>\
      </w:p></w:document>
      """
    #expect(lines(text(.word, [("word/document.xml", xml)])) == ["box"])
  }

  @Test func openDocumentHasItsTextInParagraphs() {
    let xml = """
      <office:document-content><office:body><office:text><text:tracked-changes><text:p>old</text:p>\
      </text:tracked-changes><text:h>Head<text:span>line</text:span></text:h>\
      <text:p>one<text:s/>two<text:line-break/>three<text:note><text:p>aside</text:p></text:note>\
      </text:p></office:text></office:body></office:document-content>
      """
    let found = lines(text(.openDocument, [("content.xml", xml)]))
    #expect(found == ["Headline", "one two", "threeaside"])
  }

  @Test func slidesComeByTheirNumbers() {
    let slides = [10, 2, 1].map { number in
      ("ppt/slides/slide\(number).xml", "<a:p><a:t>slide \(number)</a:t></a:p>")
    }
    #expect(lines(text(.powerPoint, slides)) == ["slide 1", "slide 2", "slide 10"])
  }

  @Test func aDocumentSaysItsTitleAndLanguage() throws {
    let facts = "<m><dc:title>A memo</dc:title><dc:language>en-GB</dc:language></m>"
    let members = [
      ("word/document.xml", "<w:p><w:t>text</w:t></w:p>"), ("docProps/core.xml", facts),
    ]
    let archive = try #require(CpioArchive(cpio(members)))
    let description = try #require(ZippedDocument.word.read(archive)).description
    #expect(description == DocumentDescription(title: "A memo", language: "en-GB"))
  }

  @Test func aBookIsReadInTheOrderOfItsSpine() {
    let members = [
      ("META-INF/container.xml", "<c><rootfile full-path='b/c.opf'/></c>"),
      (
        "b/c.opf",
        """
        <package><manifest><item id="x" href="t/../one%20.xhtml#top"/>
        <item id="y" href="two.xhtml"/><item id="z" href="gone.xhtml"/></manifest>
        <spine><itemref idref="y"/><itemref idref="x"/>
        <itemref idref="z"/><itemref idref="y"/></spine></package>
        """
      ),
      ("b/one .xhtml", "<html><p>first</p></html>"), ("b/two.xhtml", "<html><p>second</p></html>"),
    ]
    #expect(lines(text(.epub, members)) == ["second", "first"])
    #expect(text(.epub, Array(members.prefix(1))) == nil)
  }

  @Test func withoutItsTextItIsNone() {
    #expect(text(.word, [("docProps/core.xml", "<a/>")]) == nil)
    #expect(text(.openDocument, []) == nil)
  }

  @Test func anyBytesAreTaken() {
    let whole = cpio([("word/document.xml", "<w:p><w:t>text</w:t></w:p>"), ("a", "b")])
    for length in 0..<whole.count - 4 where length < whole.count - 12 {
      #expect(CpioArchive(Array(whole[..<length])) == nil)
    }
    var generator = SeededGenerator(seed: 7)
    var bytes = whole
    for _ in 0..<2_000 {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      bytes[place] = UInt8.random(in: 0...255, using: &generator)
      if let archive = CpioArchive(bytes) { _ = ZippedDocument.word.read(archive) }
      if generator.next() % 4 == 0 { bytes = whole }
    }
  }
}
