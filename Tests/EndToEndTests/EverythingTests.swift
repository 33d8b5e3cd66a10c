// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// A folder with one of everything that is read, by the real programs.
@Suite(
  "Everything", .tags(.acceptance), .timeLimit(.minutes(10)),
  .enabled(
    if: ["pdftotext", "catdoc", "bsdtar", "bsdcat"].allSatisfy {
      FileSystem.exists("/usr/bin/\($0)")
    }, "poppler-utils, catdoc or libarchive-tools is not installed"))
struct EverythingTests {
  /// A file and what is to be said of its documents, in their order.
  private struct Sample {
    let name: String
    let content: [UInt8]
    var members: [String?] = [nil]
    /// Of the first document.
    var title: String?
    var published: String?
  }

  private static let news = PseudoNews(seed: 71)
  private static let day = "2024-05-03T08:30:00Z"

  private static func text(_ number: Int) -> String { news.article(number) }

  private static func sample(
    _ name: String, _ content: String, members: [String?] = [nil], title: String? = nil,
    published: String? = nil
  ) -> Sample {
    Sample(
      name: name, content: Array(content.utf8), members: members, title: title,
      published: published)
  }

  private static let plain: [Sample] = [
    sample("a.txt", text(1)),
    sample(
      "a.html",
      "<html><head><title>Of a page</title><meta property=\"article:published_time\" content=\""
        + "\(day)\"></head><body><p>\(text(2))</p></body></html>", title: "Of a page",
      published: day),
    sample(
      "a.xml",
      "<?xml version=\"1.0\"?><nitf><head><title>Of the wire</title></head><body>"
        + "<body.content><p>\(text(3))</p></body.content></body></nitf>", title: "Of the wire"),
    sample("a.json", record(4), title: "Record 4", published: day),
    sample(
      "a.eml",
      "From: a@b.example\nSubject: Of a mail\nDate: Fri, 03 May 2024 10:30:00 +0200\n\n"
        + "\(text(5))\n", title: "Of a mail", published: day),
    sample(
      "a.rtf", "{\\rtf1{\\info{\\title Of a memo}}\\pard \(text(6))\\par}", title: "Of a memo"),
    sample(
      "a.md", "---\ntitle: Of notes\ndate: 2024-05-03\n---\n\n\(text(7))\n", title: "Of notes",
      published: "2024-05-03"),
    sample(
      "a.rst", "Of documentation\n================\n\n\(text(8))\n", title: "Of documentation"),
  ]

  private static func record(_ number: Int) -> String {
    let body = text(number).replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
    return "{\"headline\": \"Record \(number)\", \"datePublished\": \"\(day)\", "
      + "\"articleBody\": \"\(body)\"}"
  }

  private static func programs() throws -> [Sample] {
    [
      Sample(name: "b.pdf", content: PDFFile.bytes(text(10))),
      Sample(name: "b.doc", content: OfficeFiles.doc(text(11))),
      Sample(name: "b.docx", content: OfficeFiles.docx(text(12)), title: "A memo"),
      Sample(name: "b.pptx", content: OfficeFiles.pptx(text(13))),
      Sample(name: "b.odt", content: OfficeFiles.odt(text(14))),
      Sample(name: "b.epub", content: OfficeFiles.epub(text(15))),
      Sample(name: "b.html.gz", content: try GzipFile.compressed("<p>\(text(16))</p>".utf8)),
    ]
  }

  private static func containers() throws -> [Sample] {
    let lines = (20...22).map { record($0) + "\n" }.joined()
    let feed =
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>"
      + (23...24).map {
        "<item><guid>g\($0)</guid><title>Item \($0)</title><description>\(text($0))</description>"
          + "</item>"
      }.joined() + "</channel></rss>"
    let mails = (25...26).map {
      "From a@b Tue Jan  2 10:00:00 2024\nFrom: a@b\nMessage-ID: <m\($0)@b>\n"
        + "Subject: Mail \($0)\n\n\(text($0))\n\n"
    }.joined()
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>\(text(27))</p>"
    let web =
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/27\r\nContent-Length: "
      + "\(page.utf8.count)\r\n\r\n\(page)\r\n\r\n"
    func files(_ first: Int) -> [(name: String, text: String)] {
      [("one.txt", text(first)), ("two/page.html", "<title>Page</title><p>\(text(first + 1))</p>")]
    }
    let names = ["one.txt", "two/page.html"]
    return [
      sample("c.jsonl", lines, members: ["line 1", "line 2", "line 3"], title: "Record 20"),
      sample("c.rss", feed, members: ["g23", "g24"], title: "Item 23"),
      sample("c.mbox", mails, members: ["m25@b", "m26@b"], title: "Mail 25"),
      sample("c.warc", web, members: ["https://a.example/27"]),
      Sample(
        name: "d.jsonl.gz", content: try GzipFile.compressed((record(30) + "\n").utf8),
        members: ["line 1"], title: "Record 30"),
      Sample(
        name: "d.tar.xz", content: try ArchiveFile.bytes(files(31), ending: "tar.xz"),
        members: names),
      Sample(
        name: "d.tar", content: try ArchiveFile.bytes(files(33), ending: "tar"), members: names),
      Sample(name: "d.zip", content: ZipFile.bytes(files(35)), members: names),
      Sample(name: "d.7z", content: try ArchiveFile.bytes(files(37), ending: "7z"), members: names),
    ]
  }

  private static let skipped: [(name: String, content: [UInt8], reason: String)] = [
    ("e.bin", [1, 0, 2, 0, 0xFF, 0xFE, 0], "binary"), ("e.empty", [], "empty"),
    ("e.short", Array("Two words".utf8), "too-short"),
    ("e.xlsx", ZipFile.bytes([("xl/workbook.xml", Array("<a/>".utf8))]), "no-extractor"),
  ]

  @Test("each document is read, with what it says of itself, and the rest says why not")
  func all() throws {
    let places = try Workplace()
    let samples = try Self.plain + Self.programs() + Self.containers()
    for sample in samples { try places.write(sample.content, to: sample.name) }
    for file in Self.skipped { try places.write(file.content, to: file.name) }
    #expect(try places.runOnce(within: 120) == .exited(0))
    let lines = try places.lines()
    try expectSound(lines)
    for sample in samples {
      let found = lines.lines(for: sample.name)
      #expect(
        found.map(\.member).sorted { $0 ?? "" < $1 ?? "" } == sample.members, "\(sample.name)")
      #expect(found.allSatisfy { $0.isAssigned }, "\(sample.name): \(found.map(\.reason))")
      let first = try #require(found.first)
      if let title = sample.title { #expect(first["title"]?.string == title, "\(sample.name)") }
      if let time = sample.published {
        #expect(first["published"]?.string == time, "\(sample.name)")
      }
      #expect(found.allSatisfy { $0["words"]?.integer ?? 0 > 50 }, "\(sample.name)")
    }
    for file in Self.skipped {
      #expect(lines.lines(for: file.name).map(\.reason) == [file.reason], "\(file.name)")
    }
    // Each is a text of its own: nothing of a format made two of them alike.
    let count = lines.assigned.count
    #expect(Set(lines.assigned.compactMap { $0["cluster"]?.string }).count == count)
    #expect(count == samples.reduce(0) { $0 + $1.members.count })
  }
}
