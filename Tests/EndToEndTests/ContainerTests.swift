// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Containers", .timeLimit(.minutes(10)))
struct ContainerTests {
  private static let news = PseudoNews(seed: 61)

  /// A line of JSON Lines with an article.
  private static func line(_ number: Int, text: String? = nil) -> String {
    let text = (text ?? news.article(number)).replacing("\n", with: "\\n")
      .replacing("\"", with: "\\\"")
    return "{\"headline\":\"Article \(number) of the shard\",\"articleBody\":\"\(text)\"}\n"
  }

  private static func shard(_ numbers: Range<Int>) -> String { numbers.map { line($0) }.joined() }

  private func members(_ lines: ClusterLogLines, of path: String) -> [String] {
    lines.lines(for: path).filter { $0.isAssigned || $0.isSkipped }.compactMap(\.member)
  }

  @Test("each line of a shard is a document, whatever its size", .tags(.acceptance))
  func shard() throws {
    let small = try Workplace()
    // The shard is larger than a document may be, and is read as a stream.
    let large = try Workplace(settings: ["drop": "max-size = \"64KiB\""])
    let content =
      Self.shard(0..<700) + Self.line(700, text: Self.news.copy(of: 5)) + "{\"text\": \"broken\n"
      + Self.line(702)
    for places in [small, large] {
      try places.write(Self.news.article(9).utf8, to: "a.txt")
      try places.write(content.utf8, to: "shard.jsonl")
      try places.write(Self.news.copy(of: 7).utf8, to: "z.txt")
      #expect(try places.runOnce(within: 60) == .exited(0))
    }
    let lines = try small.lines()
    try expectSound(lines)
    #expect(members(lines, of: "shard.jsonl") == (1...703).map { "line \($0)" })
    #expect(lines.skipped.map(\.member) == ["line 702"])
    #expect(lines.skipped.map(\.reason) == ["unreadable"])
    // Files and lines stand in the order of the files, and copies find each other.
    #expect(lines.assigned.first?.path == "a.txt")
    #expect(lines.assigned.last?.path == "z.txt")
    #expect(lines.assigned.last?["match"]?["member"]?.string == "line 8")
    #expect(lines.assigned[701]["match"]?["member"]?.string == "line 6")
    #expect(lines.assigned[1]["title"]?.string == "Article 0 of the shard")
    #expect(try large.lines().all.map(\.timeless) == lines.all.map(\.timeless))
    // Nor is anything recorded again.
    #expect(try large.runOnce(within: 60) == .exited(0))
    #expect(try large.lines().all.count == lines.all.count)
    let verified = try small.neardup("verify")
    #expect(verified.exitStatus == .exited(0), "\(verified.standardOutput)")
  }

  private static func item(_ number: Int) -> String {
    "<item><title>Item \(number) of the feed</title><guid>g\(number)</guid><description>"
      + news.article(number) + "</description></item>"
  }

  private static func mail(_ number: Int) -> String {
    "From desk@example.org Tue Jan  2 10:00:00 2024\nFrom: desk@example.org\n"
      + "Subject: Mail \(number) to all\nMessage-ID: <m\(number)@example.org>\n\n"
      + news.article(number) + "\n\n"
  }

  private static func page(_ number: Int) -> String {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>\(news.article(number))</p>"
    return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.example.org/\(number)"
      + "\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)\r\n\r\n"
  }

  @Test("feeds, mailboxes and web archives have members, a single item has none")
  func formats() throws {
    let places = try Workplace()
    let feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><language>en</language>"
    try places.write((feed + Self.item(1) + Self.item(2) + "</channel></rss>").utf8, to: "a.xml")
    try places.write((feed + Self.item(3) + "</channel></rss>").utf8, to: "b.xml")
    try places.write((Self.mail(4) + Self.mail(5)).utf8, to: "c.mbox")
    try places.write((Self.page(6) + Self.page(7)).utf8, to: "d.warc")
    let compressed = try [6, 8].map { try GzipFile.compressed(Self.page($0).utf8) }
    try places.write(compressed.joined(), to: "e.warc.gz")
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines()
    try expectSound(lines)
    #expect(lines.skipped.isEmpty)
    #expect(
      lines.assigned.map { "\($0.path) \($0.member ?? "-")" } == [
        "a.xml g1", "a.xml g2", "b.xml -", "c.mbox m4@example.org", "c.mbox m5@example.org",
        "d.warc https://www.example.org/6", "d.warc https://www.example.org/7",
        "e.warc.gz https://www.example.org/6", "e.warc.gz https://www.example.org/8",
      ])
    #expect(lines.assigned[7]["relation"]?.string == "identical")
    #expect(lines.assigned[7]["match"]?["member"]?.string == "https://www.example.org/6")
    #expect(lines.assigned[0]["language"]?.string == "en")
    #expect(lines.assigned[3]["title"]?.string == "Mail 4 to all")
    #expect(lines.assigned[5]["source"]?.string == "example.org")
    #expect(try places.neardup("verify").exitStatus == .exited(0))
    let exported = try places.neardup("export", "--format", "tsv").standardOutput
    #expect(exported.split(separator: "\n").count == 10)
    #expect(exported.contains("m5@example.org"))
    let clusters = try places.neardup("clusters").standardOutput
    #expect(clusters.contains("d.warc » https://www.example.org/6"))
  }

  @Test("a web archive without pages has a record, once")
  func withoutMembers() throws {
    let places = try Workplace()
    let record = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 8\r\n\r\nsoftware\r\n\r\n"
    try places.write(record.utf8, to: "a.warc")
    try places.write(GzipFile.compressed(record.utf8), to: "b.warc.gz")
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines().all
    #expect(lines.map(\.path) == ["a.warc", "b.warc.gz"])
    #expect(lines.map(\.reason) == ["empty", "empty"])
    let touch = try ChildProcess(
      "/bin/sh", ["-c", "touch '\(places.drop)'/*"], environment: [:])
    #expect(try touch.waitForExit(within: 10) == .exited(0))
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.count == 2)
  }

  @Test("what is too large and no container is read once the limit is raised")
  func limit() throws {
    let places = try Workplace(settings: ["drop": "max-size = \"1KiB\""])
    let daemon = try places.start()
    try places.deliver("<p>\(Self.news.article(1))</p>".utf8, as: "page.html")
    #expect(try daemon.waitForRecords(1).all.first?.reason == "too-large")
    #expect(try places.neardup("rescan").exitStatus == .exited(0))
    try places.configure(["drop": "max-size = \"1MiB\""])
    #expect(try places.neardup("reload", "--wait").exitStatus == .exited(0))
    let lines = try daemon.waitForRecords(2)
    #expect(lines.all.map(\.event) == ["skipped", "assigned"])
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("a shard that grows has its new and changed lines recorded", .tags(.durability))
  func growing() throws {
    let places = try Workplace()
    try places.write(Self.shard(0..<40).utf8, to: "shard.jsonl")
    let daemon = try places.start()
    _ = try daemon.waitForLog("40 lines", within: 20) { $0.decided == 40 }
    try places.deliver(
      (Self.shard(0..<39) + Self.line(99) + Self.shard(40..<45)).utf8, as: "shard.jsonl")
    let lines = try daemon.waitForLog("the new lines", within: 20) { $0.decided == 46 }
    #expect(lines.assigned.suffix(6).map(\.member) == (40...45).map { "line \($0)" })
    #expect(lines.assigned[40]["replaces"]?.integer == 40)
    #expect(lines.assigned[41]["replaces"] == nil)
    #expect(try daemon.stop() == .exited(0))
    try expectSound(places.lines())
    let explained = try places.neardup("explain", "shard.jsonl » line 40")
    #expect(explained.standardOutput.contains("document 41"))
    #expect(!explained.standardOutput.contains("line 41"))
    #expect(try places.neardup("verify").exitStatus == .exited(0))
  }

  @Test("the members of a deleted container are forgotten where deletions count")
  func forgotten() throws {
    let places = try Workplace(settings: ["drop": "on-delete = \"forget\""])
    try places.write(Self.shard(0..<30).utf8, to: "shard.jsonl")
    try places.write(Self.news.article(99).utf8, to: "stays.txt")
    let daemon = try places.start()
    _ = try daemon.waitForLog("31 documents", within: 20) { $0.decided == 31 }
    try FileSystem.remove(places.inDrop("shard.jsonl"))
    let lines = try daemon.waitForLog("30 removals", within: 20) {
      $0.all.count { $0.event == "removed" } == 30
    }
    let removed = lines.all.filter { $0.event == "removed" }
    #expect(Set(removed.compactMap(\.member)) == Set((1...30).map { "line \($0)" }))
    #expect(removed.allSatisfy { $0.path == "shard.jsonl" })
    #expect(try daemon.stop() == .exited(0))
    #expect(try places.neardup("verify").exitStatus == .exited(0))
  }

  @Test("a container is moved away when all of its members are recorded")
  func moved() throws {
    let places = try Workplace()
    let done = places.path("done")
    try FileSystem.makeDirectory(done)
    try places.configure(["drop": "after = \"move-to\"\nmove-to = \"\(done)\""])
    let daemon = try places.start()
    try places.deliver(Self.shard(0..<200).utf8, as: "shard.jsonl")
    let changes = try DirectoryChanges(of: done)
    _ = try daemon.waitForLog("200 lines", within: 20) { $0.decided == 200 }
    let deadline = MonotonicDeadline(seconds: 10)
    while !FileSystem.exists("\(done)/shard.jsonl"), !deadline.hasPassed {
      changes.wait(until: deadline)
    }
    #expect(FileSystem.exists("\(done)/shard.jsonl"))
    #expect(try daemon.stop() == .exited(0))
    #expect(try places.lines().decided == 200)
  }
}
