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
