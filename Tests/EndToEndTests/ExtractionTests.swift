// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite("Extraction", .tags(.badInput), .timeLimit(.minutes(10)))
struct ExtractionTests {
  /// A format that a program reads, which is installed by `scripts/prepare test`.
  enum Format: String, CaseIterable {
    case pdf, doc, docx, odt, pptx, epub, gz

    var program: String {
      switch self {
      case .pdf: "/usr/bin/pdftotext"
      case .doc: "/usr/bin/catdoc"
      case .docx, .odt, .pptx, .epub: "/usr/bin/bsdtar"
      case .gz: "/usr/bin/bsdcat"
      }
    }

    func bytes(_ text: String) throws -> [UInt8] {
      switch self {
      case .pdf: PDFFile.bytes(text)
      case .doc: OfficeFiles.doc(text)
      case .docx: OfficeFiles.docx(text)
      case .odt: OfficeFiles.odt(text)
      case .pptx: OfficeFiles.pptx(text)
      case .epub: OfficeFiles.epub(text)
      case .gz: try GzipFile.compressed(text.utf8)
      }
    }
  }

  static let story: String = {
    let bytes = try? Fixtures.wireStory("b-long-copy.txt")
    return String(decoding: bytes ?? [], as: UTF8.self)
  }()

  private static func has(_ programs: String...) -> Bool { programs.allSatisfy(FileSystem.exists) }

  private func line(_ path: String, in lines: ClusterLogLines) throws -> ClusterLogLine {
    try #require(lines.all.first { $0.path == path && ($0.isAssigned || $0.isSkipped) })
  }

  @Test(
    "a document is near its plain copy", .tags(.acceptance),
    .enabled(
      if: has("/usr/bin/pdftotext", "/usr/bin/catdoc", "/usr/bin/bsdtar"),
      "poppler-utils, catdoc or libarchive-tools is not installed"))
  func formats() throws {
    let places = try Workplace()
    try places.write(Self.story.utf8, to: "0.txt")
    for format in Format.allCases {
      try places.write(try format.bytes(Self.story), to: "a.\(format.rawValue)")
    }
    try places.write(Fixtures.wireStory("e-other-agency.txt"), to: "z.txt")
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    let cluster = try line("0.txt", in: lines)["cluster"]
    for format in Format.allCases {
      let line = try line("a.\(format.rawValue)", in: lines)
      #expect(line["cluster"] == cluster, "\(line)")
      #expect((line["match"]?["resemblance"]?.number ?? 0) > 0.95, "\(line)")
      let bytes = try format.bytes(Self.story).count
      #expect(line["bytes"]?.integer == bytes, "the digest and size are those of the file")
    }
    #expect(try line("z.txt", in: lines)["cluster"] != cluster)
    #expect(try line("a.docx", in: lines)["title"]?.string == "A memo")
    try expectSound(lines)
  }

  @Test(
    "what cannot be read has its record and stops nothing",
    .enabled(
      if: has("/usr/bin/pdftotext", "/usr/bin/bsdtar", "/usr/bin/bsdcat"),
      "poppler-utils or libarchive-tools is not installed"))
  func badInput() throws {
    let places = try Workplace(settings: ["extract": "output = \"4MiB\""])
    try places.write(
      GzipFile.compressed(repeatElement(0, count: 64 << 20)), to: "bomb.gz")
    try places.write(
      ZipFile.bytes([("[Content_Types].xml", Array("<a/>".utf8))]), to: "bodiless.docx")
    try places.write(
      ZipFile.bytes([("word/document.xml", Array("<a/>".utf8))], claim: 4_000_000_000),
      to: "claim.docx")
    try places.write(
      ZipFile.bytes([("word/document.xml", Array("<a/>".utf8))]), to: "empty.docx")
    try places.write("%PDF-1.4 and nothing else".utf8, to: "broken.pdf")
    try places.write(PDFFile.bytes(" "), to: "picture.pdf")
    try places.write(GzipFile.compressed(Self.story.utf8).dropLast(600), to: "cut.gz")
    try places.write(Self.story.utf8, to: "z.txt")
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    let reasons = [
      "bomb.gz": "unreadable", "bodiless.docx": "unreadable", "claim.docx": "unreadable",
      "empty.docx": "empty", "broken.pdf": "unreadable", "picture.pdf": "empty",
      "cut.gz": "unreadable",
    ]
    for (path, reason) in reasons {
      let line = try line(path, in: lines)
      #expect(line.reason == reason, "\(line)")
      #expect(line["detail"]?.string?.isEmpty == false)
    }
    #expect(try line("bomb.gz", in: lines)["detail"]?.string?.contains("extract.output") == true)
    #expect(try line("z.txt", in: lines).isAssigned)
    try expectSound(lines)
  }

  /// Writes a program of this test's own; its outcome is known by what the log says.
  private func program(_ name: String, _ script: String, at places: Workplace) throws -> String {
    let path = "\(places.outside)/\(name)"
    try FileSystem.write("#!/bin/sh\n\(script)\n".utf8, to: path)
    try FileSystem.setMode(path, 0o755)
    try FileSystem.waitUntilNotWritten(path)
    return path
  }

  @Test("a program that hangs holds nobody up, and is ended")
  func hanging() throws {
    let places = try Workplace()
    let slow = try program("slow", "sleep 1000", at: places)
    try places.configure([
      "extract": "pdf = \"\(slow)\"\ntime = \"4s\"\nprocesses = 1", "pipeline": "workers = 1",
    ])
    let daemon = try places.start()
    try places.deliver(PDFFile.bytes("text"), as: "slow.pdf")
    try places.deliver(PDFFile.bytes("other text"), as: "waiting.pdf")
    try places.deliver(Self.story.utf8, as: "story.txt")
    let first = try daemon.waitForRecords(1)
    #expect(first.all.map(\.path) == ["story.txt"])
    let lines = try daemon.waitForRecords(3, within: 30)
    let detail = try line("slow.pdf", in: lines)["detail"]?.string
    #expect(detail == "a PDF document: \(slow) took longer than 4.0 s (extract.time)")
    #expect(try line("waiting.pdf", in: lines).reason == "unreadable")
    #expect(try daemon.stop() == .exited(0))
    try expectSound(try places.lines())
  }

  @Test("stopping ends programs, and the next start reads what they did not")
  func stopping() throws {
    let places = try Workplace()
    let slow = try program("slow", "touch \(places.outside)/begun; sleep 1000", at: places)
    try places.configure(["extract": "pdf = \"\(slow)\""])
    let daemon = try places.start()
    try places.deliver(PDFFile.bytes("text"), as: "a.pdf")
    let deadline = MonotonicDeadline(seconds: 10)
    while !FileSystem.exists("\(places.outside)/begun"), !deadline.hasPassed { usleep(10_000) }
    #expect(try daemon.stop(within: 10) == .exited(0))
    #expect(try places.lines().all.isEmpty)
    try places.configure(["extract": "pdf = \"echo five words are in this\""])
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().assigned.map(\.path) == ["a.pdf"])
  }

  @Test("a missing program is named; after a reload with one the file is read")
  func missing() throws {
    let places = try Workplace(settings: ["extract": "pdf = \"/nowhere/pdftotext\""])
    let daemon = try places.start()
    try places.deliver(PDFFile.bytes("text"), as: "a.pdf")
    let line = try #require(try daemon.waitForRecords(1).all.first)
    #expect(line.reason == "no-extractor")
    #expect(line["detail"]?.string?.contains("/nowhere/pdftotext is missing") == true)
    try places.configure(["extract": "pdf = \"echo five words are in this\""])
    daemon.send(SIGHUP)
    let lines = try daemon.waitForRecords(2)
    #expect(lines.assigned.map(\.path) == ["a.pdf"])
    #expect(lines.assigned.first?["words"]?.integer == 5)
    #expect(try daemon.stop() == .exited(0))
    try expectSound(try places.lines())
  }

  @Test("a program for files of a name goes before all that is in them")
  func named() throws {
    let places = try Workplace(settings: [
      "extract": "others = [\"*.jsonl: echo five words are in this\"]"
    ])
    try places.write("{\"text\": \"one\"}\n{\"text\": \"two\"}\n".utf8, to: "a.jsonl")
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines().all
    #expect(lines.map(\.member) == [nil])
    #expect(lines.first?["words"]?.integer == 5)
  }

  @Test(
    "neardup compares what it reads by the same program",
    .enabled(if: has("/usr/bin/pdftotext"), "poppler-utils is not installed"))
  func comparing() throws {
    let places = try Workplace()
    let (plain, document) = ("\(places.outside)/a.txt", "\(places.outside)/a.pdf")
    try FileSystem.write(Self.story.utf8, to: plain)
    try FileSystem.write(PDFFile.bytes(Self.story), to: document)
    let run = try ProgramRun([
      "compare", "--brief", "--config", places.configuration, plain, document,
    ])
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
  }
}
