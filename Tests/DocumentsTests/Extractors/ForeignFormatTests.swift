// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(5)))
struct ForeignFormatTests {
  private func format(_ bytes: [UInt8], name: String = "a") -> ForeignFormat? {
    bytes.withUnsafeBytes { ForeignFormat($0, name: Array(name.utf8)) }
  }

  @Test func contentTells() throws {
    #expect(format(PDFFile.bytes("text")) == .pdf)
    #expect(format(OfficeFiles.doc("text")) == .word)
    #expect(format(OfficeFiles.docx("text")) == .zipped(.word))
    #expect(format(OfficeFiles.pptx("text")) == .zipped(.powerPoint))
    #expect(format(OfficeFiles.odt("text")) == .zipped(.openDocument))
    #expect(format(OfficeFiles.epub("one\ntwo")) == .zipped(.epub))
    #expect(format(try GzipFile.compressed("text".utf8)) == .compressed("gzip"))
    #expect(format(Array("BZh91AY&SY".utf8) + [0]) == .compressed("bzip2"))
    #expect(format(ZipFile.bytes([("a.txt", "text")])) == .archive("zip"))
    #expect(format(ZipFile.bytes([("xl/workbook.xml", "<a/>")])) == .archive("spreadsheet"))
    let tar = Array("name".utf8) + [UInt8](repeating: 0, count: 253) + Array("ustar".utf8)
    #expect(format(tar + [UInt8](repeating: 0, count: 512)) == .archive("tar"))
  }

  @Test func theNameIsAHint() {
    let late = Array("\n\n%PDF-1.4 and so on".utf8)
    #expect(format(late, name: "A.PDF") == .pdf)
    #expect(format(late, name: "a.txt") == nil)
    #expect(format(Array("a text on %PDF-1.4".utf8), name: "a.txt") == nil)
  }

  @Test(arguments: ["", "P", "PK", "%PD", "7", "BZh", "B", "(", "plain text", "ustar"])
  func textsAreNone(_ text: String) {
    #expect(format(Array(text.utf8)) == nil)
  }

  @Test func aCompoundFileOfAnotherProgramIsNone() {
    let word = OfficeFiles.doc("text")
    let other = word.map { $0 == UInt8(ascii: "W") ? UInt8(ascii: "V") : $0 }
    #expect(format(other) == nil)
  }

  @Test func damagedArchivesAreNamed() {
    let whole = OfficeFiles.docx("text")
    guard case .damaged = format(Array(whole.dropLast(60))) else {
      Issue.record("\(String(describing: format(Array(whole.dropLast(60)))))")
      return
    }
    let bodyless = ZipFile.bytes([("[Content_Types].xml", "<Types/>")])
    #expect(format(bodyless) == .damaged("an office document without a text"))
  }

  @Test func anyBytesAreTaken() {
    var bytes = OfficeFiles.docx("some text in it")
    for length in bytes.indices { _ = format(Array(bytes[..<length])) }
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let place = Int.random(in: 4..<bytes.count, using: &generator)
      bytes[place] = UInt8.random(in: 0...255, using: &generator)
      _ = format(bytes)
    }
  }
}
