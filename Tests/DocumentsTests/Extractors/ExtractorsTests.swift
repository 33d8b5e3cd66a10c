// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import TestSupport
import Testing

@testable import Documents

/// With programs of the system in the place of the real ones, which the end-to-end tests have.
@Suite(.timeLimit(.minutes(5)))
struct ExtractorsTests {
  private func read(
    _ bytes: [UInt8], _ commands: [Extractors.Purpose: [String]], name: String = "a",
    limits: ExtractionLimits = ExtractionLimits()
  ) -> Reading {
    var reader = DocumentReader(extractors: Extractors(commands: commands, limits: limits))
    return reader.read(bytes, name: Array(name.utf8))
  }

  private func words(_ reading: Reading) -> Int? {
    guard case .document(let text) = reading else { return nil }
    return text.fingerprint.words
  }

  private func skipped(_ reading: Reading) -> [String]? {
    guard case .skipped(let cause, let detail) = reading else { return nil }
    return [cause.rawValue, detail]
  }

  @Test func whatAProgramWritesIsTheText() {
    let reading = read(PDFFile.bytes(""), [.pdf: ["echo", "<p>", "one", "two"]])
    // It is plain whatever it looks like: "p" is a word.
    #expect(words(reading) == 3)
  }

  @Test func aMissingProgramIsNamedWithItsPackage() {
    #expect(
      skipped(read(PDFFile.bytes(""), [.pdf: ["/nowhere/pdftotext", "-"]])) == [
        "no-extractor",
        "a PDF document, for which /nowhere/pdftotext is missing: is it an executable file?",
      ])
    let detail = skipped(read(OfficeFiles.doc("text"), [.word: ["catdoc-of-nobody"]]))
    #expect(
      detail?.last
        == "a Word document, for which catdoc-of-nobody is missing: install it, or give its path")
    #expect(InstalledProgram.remedy("pdftotext") == "install the package poppler-utils")
  }

  @Test func aFormatCanBeSwitchedOff() {
    #expect(
      skipped(read(PDFFile.bytes(""), [.pdf: []])) == [
        "no-extractor", "a PDF document, and extract.pdf names no program",
      ])
    let pdf = PDFFile.bytes("")
    func starts(_ extractors: Extractors) -> Bool {
      pdf.withUnsafeBytes { extractors.startProgram(for: $0, name: Array("a.pdf".utf8)) }
    }
    #expect(!starts(.none))
    #expect(starts(Extractors(commands: [.pdf: ["cat"]], limits: .init())))
    #expect(!starts(Extractors(commands: [.word: ["cat"]], limits: .init())))
  }

  @Test func aNameCanAskForAProgram() {
    let shouting = Extractors.Named(pattern: "*.x", command: ["tr", "a-z", "A-Z"]) {
      $0.elementsEqual("a.x".utf8)
    }
    var reader = DocumentReader(
      extractors: Extractors(commands: [:], named: [shouting], limits: .init()))
    let page = Array("<p class='a'>one two</p>".utf8)
    // What the program writes is read like a file, so that this is a page again.
    let html = Array("<html><p class='a'>one two".utf8)
    #expect(words(reader.read(html, name: Array("dir/a.x".utf8))) == 2)
    #expect(words(reader.read(page, name: Array("dir/a.html".utf8))) == 2)
    #expect(reader.placedText(html, name: Array("a.x".utf8)).map { $0.text.contains(0x4F) } == true)
    #expect(
      reader.placedText(page, name: Array("a.y".utf8)).map { $0.text.contains(0x4F) } == false)
  }

  @Test func whatWasCompressedIsReadByItsOwnReaders() throws {
    let page = try GzipFile.compressed("<p class='lead'>one two</p>".utf8)
    let commands: [Extractors.Purpose: [String]] = [.compressed: ["gzip", "-dc"]]
    #expect(words(read(page, commands, name: "a.html.gz")) == 2)
    #expect(words(read(page, commands, name: "a.gz")) != 2)
    let twice = try GzipFile.compressed(page)
    #expect(words(read(twice, commands, name: "a.html.gz.gz")) == 2)
    let often = try GzipFile.compressed(try GzipFile.compressed(twice))
    #expect(skipped(read(often, commands))?.first == "unreadable")
  }

  /// One document of the texts of all would be near none of them.
  @Test func aCompressedContainerIsNoDocument() throws {
    let lines = (1...3).map { #"{"title": "Number \#($0)", "text": "The text of number \#($0)."}"# }
    let bytes = try GzipFile.compressed(lines.joined(separator: "\n").utf8)
    let reading = read(bytes, [.compressed: ["gzip", "-dc"]], name: "a.jsonl.gz")
    #expect(skipped(reading)?.first == "no-extractor")
  }

  @Test func aBombIsUnreadable() throws {
    let bomb = try GzipFile.compressed(repeatElement(UInt8(ascii: " "), count: 4 << 20))
    let reading = read(
      bomb, [.compressed: ["gzip", "-dc"]], limits: ExtractionLimits(output: 1 << 20))
    #expect(
      skipped(reading) == [
        "unreadable",
        "a file compressed with gzip: gzip wrote more than 1048576 bytes (extract.output)",
      ])
  }

  @Test func aProgramThatHangsIsUnreadable() {
    let limits = ExtractionLimits(time: 200_000_000)
    #expect(
      skipped(read(PDFFile.bytes(""), [.pdf: ["sleep", "1000"]], limits: limits)) == [
        "unreadable", "a PDF document: sleep took longer than 0.2 s (extract.time)",
      ])
  }

  @Test func aProgramThatGivesNothingLeavesItEmpty() {
    #expect(skipped(read(PDFFile.bytes(""), [.pdf: ["echo", "\u{0C}"]]))?.first == "empty")
    #expect(
      skipped(read(OfficeFiles.docx("text"), [.zipped: ["echo"]]))?.last
        == "a document of Word: no cpio archive came of it")
  }

  @Test func archivesSayWhatTheyAre() {
    let reading = read(ZipFile.bytes([("a.txt", "one"), ("b.txt", "two")]), [:])
    #expect(
      skipped(reading) == ["no-extractor", "a zip archive, and extract.archive names no program"])
    let sheet = read(ZipFile.bytes([("xl/workbook.xml", "<a/>")]), [:])
    #expect(skipped(sheet) == ["no-extractor", "a spreadsheet, which is not read"])
  }
}
