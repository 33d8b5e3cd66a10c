// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite(
  "Archives", .timeLimit(.minutes(10)),
  .enabled(if: ArchiveFile.isInstalled, "libarchive-tools is not installed"))
struct ArchiveTests {
  private static let news = PseudoNews(seed: 67)
  private static let endings = ["zip", "tar", "tar.gz", "tgz", "tar.xz", "tar.zst", "7z"]

  private static func article(_ number: Int) -> [UInt8] { Array(news.article(number).utf8) }

  private func members(_ lines: ClusterLogLines, of path: String) -> [String] {
    lines.lines(for: path).filter { $0.isAssigned || $0.isSkipped }.compactMap(\.member)
  }

  @Test("the files of an archive of any kind are documents", .tags(.acceptance))
  func kinds() throws {
    let places = try Workplace()
    try places.write(Self.article(2), to: "0.txt")
    let files: [(name: String, content: [UInt8])] = [
      ("a.txt", Self.article(1)), ("deep/er/copy.txt", Array(Self.news.copy(of: 2).utf8)),
      ("page.html", Array("<html><title>A page</title><p>\(Self.news.article(3))</p>".utf8)),
      ("mail.eml", Array("From: a@b\nSubject: A mail\n\n\(Self.news.article(4))\n".utf8)),
      ("picture.bin", [0x89, 0, 1, 2, 0, 3]), ("short.txt", Array("few".utf8)),
    ]
    for ending in Self.endings {
      try places.write(ArchiveFile.bytes(files, ending: ending), to: "x.\(ending)")
    }
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    try expectSound(lines)
    for ending in Self.endings {
      let path = "x.\(ending)"
      #expect(Set(members(lines, of: path)) == Set(files.map(\.name)), "\(ending)")
      let found = lines.lines(for: path)
      func line(_ member: String) throws -> ClusterLogLine {
        try #require(found.first { $0.member == member })
      }
      #expect(try line("deep/er/copy.txt")["cluster"]?.string == "c1", "\(ending)")
      #expect(try line("page.html")["title"]?.string == "A page")
      #expect(try line("mail.eml")["title"]?.string == "A mail")
      #expect(try line("picture.bin").reason == "binary")
      #expect(try line("short.txt").reason == "too-short")
      #expect(try line("a.txt")["bytes"]?.integer == Self.article(1).count)
    }
    // Nothing is read again, or told again.
    #expect(try places.runOnce(within: 60) == .exited(0))
    #expect(try places.lines().all.count == lines.all.count)
    #expect(try places.neardup("verify").exitStatus == .exited(0))
  }

  @Test("what is in an archive is read as outside of it, by programs too")
  func documents() throws {
    let places = try Workplace()
    let story = Self.news.article(5)
    try places.write(story.utf8, to: "0.txt")
    let hasPDF = FileSystem.exists("/usr/bin/pdftotext")
    var files: [(name: String, content: [UInt8])] = [
      ("memo.docx", OfficeFiles.docx(story)), ("text.txt.gz", try GzipFile.compressed(story.utf8)),
    ]
    if hasPDF { files.append(("paper.pdf", PDFFile.bytes(story))) }
    try places.write(ZipFile.bytes(files), to: "a.zip")
    // The same as documents of their own stay documents.
    try places.write(OfficeFiles.docx(story), to: "b.docx")
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    #expect(members(lines, of: "a.zip") == files.map(\.name))
    #expect(lines.assigned.count == files.count + 2)
    #expect(Set(lines.assigned.compactMap { $0["cluster"]?.string }) == ["c1"])
    #expect(lines.lines(for: "b.docx").first?.member == nil)
  }

  private static func shard(_ numbers: ClosedRange<Int>) -> [UInt8] {
    let lines = numbers.map { number in
      let text = news.article(number).replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
      return "{\"headline\":\"Article \(number)\",\"articleBody\":\"\(text)\"}\n"
    }
    return Array(lines.joined().utf8)
  }

  @Test(
    "compressed containers are cut like others, of any size", arguments: ["gz", "xz", "zst", "bz2"])
  func compressed(ending: String) throws {
    let places = try Workplace(settings: ["drop": "max-size = \"64KiB\""])
    let filter = try #require(
      ["gz": "--gzip", "xz": "--xz", "zst": "--zstd", "bz2": "--bzip2"][ending])
    let mail = (1...3).map {
      "From a@b Tue Jan  2 10:00:00 2024\nFrom: a@b\nSubject: Mail \($0)\n\n"
        + Self.news.article($0) + "\n"
    }.joined(separator: "\n")
    for (name, content) in [("a.jsonl", Self.shard(1...200)), ("b.mbox", Array(mail.utf8))] {
      let plain = places.path("outside/\(name)")
      try FileSystem.write(content, to: plain)
      let process = try ChildProcess(
        ArchiveFile.program,
        ["-cf", places.inDrop("\(name).\(ending)"), "--format", "raw"]
          + [filter, "-C", places.outside, name], environment: [:])
      #expect(try process.waitForExit(within: 60) == .exited(0))
    }
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    try expectSound(lines)
    #expect(members(lines, of: "a.jsonl.\(ending)") == (1...200).map { "line \($0)" })
    #expect(members(lines, of: "b.mbox.\(ending)").count == 3)
    #expect(lines.skipped.isEmpty)
    #expect(lines.assigned.first?["title"]?.string == "Article 1")
  }

  @Test("containers within archives are cut too, archives within archives once")
  func nested() throws {
    let places = try Workplace()
    let inner = try ArchiveFile.bytes([(name: "deep.txt", content: Self.article(7))], ending: "zip")
    let middle = try ArchiveFile.bytes(
      [(name: "a.txt", content: Self.article(6)), ("inner.zip", inner)], ending: "tar.gz")
    let files: [(name: String, content: [UInt8])] = [
      ("first.txt", Self.article(1)), ("shard.jsonl", Self.shard(2...4)),
      ("shard.jsonl.gz", try GzipFile.compressed(Self.shard(8...9))), ("middle.tar.gz", middle),
      ("none.zip", ZipFile.bytes([(name: String, text: String)]())),
    ]
    try places.write(ArchiveFile.bytes(files, ending: "zip"), to: "x.zip")
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    try expectSound(lines)
    #expect(
      members(lines, of: "x.zip") == [
        "first.txt", "shard.jsonl » line 1", "shard.jsonl » line 2", "shard.jsonl » line 3",
        "shard.jsonl.gz » line 1", "shard.jsonl.gz » line 2", "middle.tar.gz » a.txt",
        "middle.tar.gz » inner.zip", "none.zip",
      ])
    #expect(lines.skipped.map(\.reason) == ["no-extractor", "empty"])
    #expect(lines.skipped.first?["detail"]?.string?.contains("too deep") == true)
  }

  // MARK: Bad input

  /// A claim of 4 GB, a bomb, what is encrypted, cut off or has a wrong checksum.
  @Test("archives that are not what they seem have their records and stop nothing")
  func hostile() throws {
    let places = try Workplace()
    let story = Self.article(1)
    let files: [(name: String, content: [UInt8])] = [("a.txt", story), ("b.txt", Self.article(2))]
    try places.write(ZipFile.bytes(files, claim: 0xFFFF_FFFE), to: "claim.zip")
    let tar = try ArchiveFile.bytes(files, ending: "tar.gz")
    try places.write(tar.dropLast(tar.count / 3), to: "cut.tar.gz")
    var wrong = ZipFile.bytes(files)
    if let place = wrong.indices.first(where: { wrong[$0...].starts(with: story.suffix(40)) }) {
      wrong[place] ^= 1
    }
    try places.write(wrong, to: "wrong.zip")
    let bomb = places.path("outside")
    try FileSystem.write(story, to: "\(bomb)/a.txt")
    let making = try ChildProcess(
      "/bin/sh",
      [
        "-c",
        "cd \(bomb) && truncate -s 300M zeros && bsdtar -czf \(places.drop)/bomb.tar.gz "
          + "--no-read-sparse a.txt zeros",
      ], environment: ["PATH": "/usr/bin:/bin"])
    #expect(try making.waitForExit(within: 60) == .exited(0), "\(making.standardError)")
    try places.write(
      ZipFile.bytes([("../../up.txt", story), ("/abs.txt", Self.article(3))]), to: "names.zip")
    try places.write(Self.article(4), to: "z.txt")
    #expect(try places.runOnce(within: 120) == .exited(0))
    let lines = try places.lines()
    try expectSound(lines)
    func reasons(_ path: String) -> [String?] { lines.lines(for: path).map(\.reason) }
    #expect(reasons("claim.zip").last == "unreadable")
    #expect(reasons("cut.tar.gz").last == "unreadable")
    // Stored without compression, it has passed when its checksum turns out wrong.
    #expect(members(lines, of: "wrong.zip") == ["a.txt", "b.txt"])
    // What came before the bomb went off stands.
    #expect(reasons("bomb.tar.gz") == [nil, "unreadable"])
    let detail = lines.lines(for: "bomb.tar.gz").last?["detail"]?.string
    #expect(detail?.contains("256 times its size") == true, "\(detail ?? "")")
    #expect(members(lines, of: "names.zip") == ["../../up.txt", "/abs.txt"])
    #expect(lines.lines(for: "z.txt").first?.isAssigned == true)
    #expect(!FileSystem.exists(places.path("up.txt")))
    #expect(try places.runOnce(within: 120) == .exited(0))
    #expect(try places.lines().all.count == lines.all.count)
  }

  @Test(
    "an encrypted archive says so",
    .enabled(if: FileSystem.exists("/usr/bin/zip"), "zip is not installed"))
  func encrypted() throws {
    let places = try Workplace()
    try FileSystem.write(Self.article(1), to: "\(places.outside)/a.txt")
    let process = try ChildProcess(
      "/usr/bin/zip",
      ["-q", "-j", "-P", "secret", places.inDrop("x.zip"), "\(places.outside)/a.txt"],
      environment: [:])
    #expect(try process.waitForExit(within: 60) == .exited(0))
    #expect(try places.runOnce(within: 60) == .exited(0))
    let line = try #require(try places.lines().all.first)
    #expect(line.reason == "unreadable")
    #expect(line["detail"]?.string?.contains("encrypted") == true)
  }

  @Test("a missing program is named, as for a document")
  func missing() throws {
    let places = try Workplace(settings: ["extract": "archive = \"/nowhere/bsdtar\""])
    try places.write(ZipFile.bytes([("a.txt", Self.article(1))]), to: "a.zip")
    #expect(try places.runOnce() == .exited(0))
    let line = try #require(try places.lines().all.first)
    #expect(line.reason == "no-extractor")
    #expect(line["detail"]?.string?.contains("/nowhere/bsdtar is missing") == true)
  }

  // MARK: Exactly once

  @Test("killed in the middle of an archive, it goes on and repeats nothing", .tags(.durability))
  func killed() throws {
    let files = (1...1_500).map { (name: "f\($0).txt", content: Self.article($0)) }
    let archive = try ArchiveFile.bytes(files, ending: "tar.gz")
    let places = try Workplace()
    for _ in 0..<3 {
      let daemon = try places.start()
      if !FileSystem.exists(places.inDrop("x.tar.gz")) {
        try places.deliver(archive, as: "x.tar.gz")
      }
      let count = try places.lines().all.count
      try daemon.waitForRecords(min(1_500, count + 150), within: 60)
      try daemon.killHard()
    }
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    try expectSound(lines)
    #expect(lines.assigned.map(\.member) == files.map(\.name))
  }

  @Test("a new version of an archive records what is new and changed")
  func versions() throws {
    let places = try Workplace()
    var files = (1...5).map { (name: "f\($0).txt", content: Self.article($0)) }
    try places.write(ArchiveFile.bytes(files, ending: "zip"), to: "x.zip")
    #expect(try places.runOnce() == .exited(0))
    files[2].content = Self.article(30)
    files.append((name: "f6.txt", content: Self.article(6)))
    try places.write(ArchiveFile.bytes(files, ending: "zip"), to: "x.zip")
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines()
    #expect(lines.assigned.dropFirst(5).map(\.member) == ["f3.txt", "f6.txt"])
    #expect(lines.assigned[5]["replaces"]?.integer == 3)
  }

  @Test("a large archive lets others pass, and loses nothing")
  func lettingOthersPass() throws {
    let places = try Workplace(settings: ["pipeline": "workers = 1"])
    let files = (1...3_000).map { (name: "f\($0).txt", content: Self.article($0)) }
    let archive = try ArchiveFile.bytes(files, ending: "tar.gz")
    let daemon = try places.start()
    // Both are there long before so many members are read that others may pass.
    try places.deliver(archive, as: "x.tar.gz")
    try places.deliver(Self.article(9_000), as: "other.txt")
    let lines = try daemon.waitForRecords(3_001, within: 120)
    #expect(lines.all.last?.path != "other.txt")
    #expect(try daemon.stop() == .exited(0))
    let read = try places.lines()
    try expectSound(read)
    #expect(read.assigned.compactMap(\.member) == files.map(\.name))
  }

  @Test("a program that hangs over a member holds nobody up, and the others have their records")
  func hangingMember() throws {
    let places = try Workplace()
    let slow = places.path("outside/slow")
    try FileSystem.write("#!/bin/sh\nsleep 1000\n".utf8, to: slow)
    try FileSystem.setMode(slow, 0o755)
    try FileSystem.waitUntilNotWritten(slow)
    try places.configure(["extract": "pdf = \"\(slow)\"\ntime = \"4s\"\nprocesses = 1"])
    let daemon = try places.start()
    let files: [(name: String, content: [UInt8])] = [
      ("a.txt", Self.article(1)), ("b.pdf", PDFFile.bytes("text")), ("c.txt", Self.article(2)),
    ]
    try places.deliver(ZipFile.bytes(files), as: "x.zip")
    try places.deliver(Self.article(3), as: "story.txt")
    let lines = try daemon.waitForRecords(4, within: 30)
    let story = lines.all.firstIndex { $0.path == "story.txt" }
    let slowMember = lines.all.firstIndex { $0.member == "b.pdf" }
    #expect(try #require(story) < #require(slowMember))
    #expect(members(lines, of: "x.zip") == ["a.txt", "b.pdf", "c.txt"])
    #expect(lines.skipped.map(\.reason) == ["unreadable"])
    #expect(try daemon.stop() == .exited(0))
    try expectSound(try places.lines())
  }
}
