// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// Documents that must go, with a daemon and without one.
@Suite("Forget", .timeLimit(.minutes(10)))
struct ForgetTests {
  private static let news = PseudoNews(seed: 11)

  private func text(_ number: Int, _ title: String = "") -> [UInt8] {
    Array((title + "\n\n" + Self.news.article(number, words: 120)).utf8)
  }

  /// Names and titles that stand nowhere else, in all files of the state.
  private func traces(of words: [String], in places: Workplace) throws -> [String] {
    var found: [String] = []
    for name in ["neardupd.sqlite", "neardupd.sqlite-wal"] {
      guard FileSystem.exists("\(places.state)/\(name)") else { continue }
      let bytes = try FileSystem.read("\(places.state)/\(name)")
      for word in words where Self.contains(Array(word.utf8), bytes) {
        found.append("\(word) in \(name)")
      }
    }
    return found
  }

  private static func contains(_ word: [UInt8], _ bytes: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    var place = 0
    while let next = bytes[place...].firstIndex(of: first) {
      if bytes[next...].starts(with: word) { return true }
      place = next + 1
    }
    return false
  }

  @Test("asked of a running daemon, nothing is left and nothing names it")
  func running() throws {
    let places = try Workplace()
    let daemon = try places.start()
    for number in 0..<300 {
      try places.deliver(text(number, "Quixotic headline \(number)."), as: "grackle-\(number).txt")
    }
    try places.deliver(text(7, "Quixotic headline 7."), as: "copy.txt")
    try daemon.waitForRecords(301)
    #expect(!(try traces(of: ["grackle-7.txt"], in: places)).isEmpty)
    let gone = stride(from: 0, to: 300, by: 7).map { "grackle-\($0).txt" }
    let run = try places.neardup(["forget"] + gone)
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    #expect(run.standardOutput.hasPrefix("forgot 43 documents of 43 clusters"))
    #expect(run.standardError.isEmpty)
    #expect(
      try traces(of: gone + stride(from: 14, to: 300, by: 7).map { "headline \($0)." }, in: places)
        == [])
    let removed = try places.lines().all.filter { $0.event == "removed" }
    #expect(removed.count == 43)
    #expect(removed.allSatisfy { $0.reason == "requested" })
    // The copy has the text now; of the others nothing is known.
    try places.deliver(text(7, "Quixotic headline 7!"), as: "near-7.txt")
    try places.deliver(text(14, "Quixotic headline 14!"), as: "near-14.txt")
    try daemon.waitForRecords(301 + 2)
    let last = Array(try places.lines().all.suffix(2))
    #expect(last[0]["match"]?["document"]?.integer == 301)
    #expect(last[0]["cluster"]?.string == "c8")
    #expect(last[1]["match"] == nil)
    #expect(try places.neardup("explain", "grackle-14.txt").exitStatus == .exited(1))
    let verified = try places.neardup("verify")
    #expect(verified.exitStatus == .exited(0), "\(verified.standardOutput)")
    #expect(try places.neardup("rescan").exitStatus == .exited(0))
    #expect(try daemon.stop() == .exited(0))
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.count == 301 + 43 + 2, "files that stay are not recorded again")
  }

  @Test("without a daemon it is done as well, by number, cluster and age")
  func stopped() throws {
    let places = try Workplace()
    for number in 0..<6 { try places.write(text(number), to: "\(number).txt") }
    try places.write(text(3), to: "same.txt")
    #expect(try places.runOnce() == .exited(0))
    let trial = try places.neardup("forget", "--document", "2", "--dry-run")
    #expect(trial.standardOutput.contains("document 2 of c2: 1.txt"))
    #expect(try places.lines().all.count == 7)
    #expect(try places.neardup("forget", "--document", "2").exitStatus == .exited(0))
    #expect(try places.neardup("forget", "--cluster", "c4").standardOutput.contains("2 documents"))
    #expect(try places.lines().all.suffix(3).map(\.event) == ["removed", "removed", "removed"])
    let none = try places.neardup("forget", "--older-than", "1y", "--json")
    #expect(try JSONValue(parsing: none.standardOutput.utf8)["documents"]?.integer == 0)
    let missing = try places.neardup("forget", "0.txt", "no-such.txt")
    #expect(missing.exitStatus == .exited(1))
    #expect(missing.standardError.contains("no-such.txt"))
    #expect(try places.neardup("forget").exitStatus == .exited(64))
    #expect(try places.neardup("verify").exitStatus == .exited(0))
    let all = try places.neardup("forget", "--older-than", "2999-01-01")
    #expect(all.standardOutput.contains("4 documents"))
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.count == 7 + 3 + 4)
    #expect(try places.neardup("verify").exitStatus == .exited(0))
  }

  @Test("with on-delete = forget the text of a deleted file goes, too")
  func deleted() throws {
    let places = try Workplace(settings: ["drop": "on-delete = \"forget\""])
    let daemon = try places.start()
    try places.deliver(text(1, "Quixotic headline."), as: "grackle.txt")
    try places.deliver(text(2), as: "other.txt")
    try daemon.waitForRecords(2)
    try FileSystem.remove(places.inDrop("grackle.txt"))
    try daemon.waitForLog("the removal is recorded") { $0.all.last?.reason == "deleted" }
    var left: [String] = []
    let deadline = MonotonicDeadline(seconds: 15)
    repeat {
      left = try traces(of: ["grackle.txt", "Quixotic"], in: places)
    } while !left.isEmpty && !deadline.hasPassed
    #expect(left.isEmpty)
    try places.deliver(text(1, "Quixotic headline!"), as: "late.txt")
    try daemon.waitForRecords(3)
    #expect(try places.lines().all.last?["cluster"]?.string == "c3")
    #expect(try places.neardup("verify").exitStatus == .exited(0))
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("what was forgotten on request does not come back when deleted files are looked for")
  func swept() throws {
    let places = try Workplace(settings: ["drop": "on-delete = \"forget\""])
    for number in 0..<3 { try places.write(text(number, "A headline."), to: "\(number).txt") }
    let first = try places.start()
    try first.waitForRecords(3)
    #expect(try places.neardup("forget", "0.txt").exitStatus == .exited(0))
    #expect(try first.stop() == .exited(0))
    try FileSystem.remove(places.inDrop("2.txt"))
    let second = try places.start()
    // The sweep goes through what is known, and comes to the last file behind the others.
    try second.waitForLog("the removal") {
      $0.all.contains { $0.event == "removed" && $0.path == "2.txt" }
    }
    #expect(try second.stop() == .exited(0))
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().decided == 3)
  }

  @Test("of a container of which all is forgotten nothing is left, and what is added is new")
  func container() throws {
    let places = try Workplace()
    func line(_ number: Int) -> String {
      "{\"text\": \"\(Self.news.article(number, words: 60).replacing("\n", with: " "))\"}\n"
    }
    let shard = line(0) + "{\"text\": \"damaged\n" + line(1)
    try places.write(shard.utf8, to: "grackle.jsonl")
    try places.write(text(2), to: "other.txt")
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().decided == 4)
    // One member alone leaves what the others need.
    #expect(try places.neardup("forget", "grackle.jsonl » line 1").exitStatus == .exited(0))
    #expect(!(try traces(of: ["grackle.jsonl"], in: places)).isEmpty)
    #expect(try places.neardup("forget", "grackle.jsonl").exitStatus == .exited(0))
    #expect(try traces(of: ["grackle.jsonl"], in: places) == [])
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().decided == 4)
    try places.write((shard + line(3)).utf8, to: "grackle.jsonl")
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().decided == 5)
    #expect(try places.lines().all.last?["member"]?.string == "line 4")
    #expect(try places.neardup("verify").exitStatus == .exited(0))
  }

  private func gzip(_ arguments: String...) throws {
    let process = try ChildProcess(
      "/usr/bin/gzip", arguments, environment: ["PATH": "/usr/bin:/bin"])
    #expect(try process.waitForExit(within: 30) == .exited(0))
  }

  @Test(
    "rotated parts lose what tells of forgotten documents, and stay whole",
    arguments: [
      false, true,
    ])
  func redacted(isCompressed: Bool) throws {
    let places = try Workplace()
    for number in 0..<3 {
      try places.write(text(number, "Quixotic headline."), to: "grackle-\(number).txt")
    }
    try places.write(text(1, "Another headline."), to: "near.txt")
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.neardup("forget", "grackle-1.txt").exitStatus == .exited(0))
    let part = "\(places.log).1"
    try FileSystem.rename(places.log, to: part)
    let before = try FileSystem.read(part)
    if isCompressed { try gzip(part) }
    let run = try places.neardup("redact")
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    #expect(run.standardOutput.contains("redacted 3 lines in 1 part"))
    if isCompressed { try gzip("-d", "\(part).gz") }
    let after = try FileSystem.read(part)
    #expect(Self.contains(Array("grackle-1.txt".utf8), before))
    #expect(!Self.contains(Array("grackle-1.txt".utf8), after))
    let old = try ClusterLogLines(at: part)
    #expect(old.all.map(\.sequence) == [1, 2, 3, 4, 5])
    #expect(old.all[1]["path"]?.string == "(forgotten)")
    #expect(old.all[1]["title"] == nil)
    #expect(old.all[2]["title"] != nil)
    let again = try places.neardup("redact")
    #expect(again.standardOutput.contains("redacted 0 lines"))
    if isCompressed { try gzip(part) }
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.neardup("verify").exitStatus == .exited(0))
  }
}
