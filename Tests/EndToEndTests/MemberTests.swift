// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// Members of containers on the command line, called as they are printed.
@Suite("Members", .timeLimit(.minutes(10)))
struct MemberTests {
  private static let news = PseudoNews(seed: 73)

  private static func shard(_ numbers: ClosedRange<Int>) -> [UInt8] {
    Array(
      numbers.map { number in
        let text = news.article(number).replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
        return "{\"headline\":\"Article \(number)\",\"articleBody\":\"\(text)\"}\n"
      }.joined().utf8)
  }

  @Test("check and compare take one member, from the daemon's own digest to its words")
  func lines() throws {
    let places = try Workplace()
    try places.write(Self.shard(1...4), to: "shard.jsonl")
    #expect(try places.runOnce() == .exited(0))
    let shard = places.inDrop("shard.jsonl")
    let run = try places.neardup("check", "\(shard) » line 3")
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    #expect(run.standardOutput.contains("identical to a document of c3"))
    #expect(run.standardOutput.contains("nearest shard.jsonl » line 3"))
    let copy = places.path("copy.txt")
    try FileSystem.write(Self.news.copy(of: 2).utf8, to: copy)
    let near = try places.neardup("compare", "--brief", "\(shard) » line 2", copy)
    #expect(near.exitStatus == .exited(0), "\(near.standardError)")
    let far = try places.neardup("compare", "--brief", "\(shard) » line 1", copy)
    #expect(far.exitStatus == .exited(1))
    let none = try places.neardup("check", "\(shard) » line 9")
    #expect(none.exitStatus == .exited(2))
    #expect(none.standardError.contains("holds no line 9"))
    #expect(try places.neardup("check", "/nowhere » line 9").standardError.contains("No such file"))
  }

  @Test(
    "a member of an archive, and of one within it",
    .enabled(if: ArchiveFile.isInstalled, "libarchive-tools is not installed"))
  func archives() throws {
    let places = try Workplace()
    let inner = try ArchiveFile.bytes(
      [(name: "a.txt", content: Array(Self.news.article(5).utf8)), ("b.jsonl", Self.shard(6...7))],
      ending: "tar.gz")
    let files: [(name: String, content: [UInt8])] = [
      ("first.txt", Array(Self.news.article(1).utf8)), ("inner.tar.gz", inner),
      ("lines.jsonl.gz", try GzipFile.compressed(Self.shard(8...9))),
    ]
    try places.write(ZipFile.bytes(files), to: "x.zip")
    #expect(try places.runOnce(within: 60) == .exited(0))
    let members = try places.lines().assigned.compactMap(\.member)
    #expect(members.count == 6)
    for member in members {
      let run = try places.neardup("check", "\(places.inDrop("x.zip")) » \(member)")
      #expect(run.exitStatus == .exited(0), "\(member): \(run.standardError)")
      #expect(run.standardOutput.contains("identical to"), "\(run.standardOutput)")
      #expect(run.standardOutput.contains("nearest x.zip » \(member)"), "\(run.standardOutput)")
    }
  }
}
