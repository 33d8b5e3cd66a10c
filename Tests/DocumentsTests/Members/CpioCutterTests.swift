// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Documents

/// What a program makes of an archive, cut into its files.
@Suite(.timeLimit(.minutes(10)))
struct CpioCutterTests {
  private static let (file, directory, link) = (0o100644, 0o040755, 0o120777)

  private static func entry(
    _ name: [UInt8], _ content: [UInt8], mode: Int = file, claim: Int? = nil
  ) -> [UInt8] {
    func digits(_ number: Int) -> [UInt8] {
      let text = String(number, radix: 16)
      return Array((String(repeating: "0", count: 8 - text.count) + text).utf8)
    }
    var bytes = Array("070701".utf8) + digits(0) + digits(mode)
    for _ in 0..<4 { bytes += digits(0) }
    bytes += digits(claim ?? content.count)
    for _ in 0..<4 { bytes += digits(0) }
    bytes += digits(name.count + 1) + digits(0) + name + [0]
    bytes += Array(repeating: 0, count: -bytes.count & 3)
    return bytes + content + Array(repeating: 0, count: -content.count & 3)
  }

  private static func entry(_ name: String, _ text: String, mode: Int = file) -> [UInt8] {
    entry(Array(name.utf8), Array(text.utf8), mode: mode)
  }

  private static let trailer = entry("TRAILER!!!", "", mode: 0) + Array(repeating: 0, count: 300)

  private func cut(
    _ archive: [UInt8], limit: Int = 1 << 20, portions: (() -> Int)? = nil
  ) -> [CutMembers.Member] {
    CutMembers(archive, .archive, limit: limit, portions: portions).members
  }

  @Test func filesAreMembersAndNothingElseIs() {
    let archive =
      Self.entry("./", "", mode: Self.directory) + Self.entry("./a.txt", "one two three")
      + Self.entry("link", "a.txt", mode: Self.link) + Self.entry("b/c.html", "<p>four five</p>")
      + Self.entry("__MACOSX/._a.txt", "\u{5}\u{16}\u{7}") + Self.entry("empty", "")
      + Self.trailer
    let members = cut(archive)
    #expect(members.map(\.name) == ["a.txt", "b/c.html", "empty"])
    #expect(members.map(\.words) == [3, 2, nil])
    #expect(members.map(\.cause) == [nil, nil, .empty])
    #expect(members.map(\.bytes) == ["one two three", "<p>four five</p>", ""])
  }

  @Test(arguments: UInt64(0)..<20)
  func portionsDoNotMatter(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let archive =
      (0..<12).flatMap { number in
        Self.entry("f\(number)", String(repeating: "word ", count: number * 7))
      } + Self.trailer
    let whole = cut(archive, limit: 300)
    #expect(whole.map(\.cause).contains(.tooLarge))
    let longest = Int.random(in: 1...90, using: &random)
    let parts = cut(archive, limit: 300) { Int.random(in: 1...longest, using: &random) }
    #expect(parts == whole)
  }

  /// Names are told as they are, made fit for a line; they lead nowhere.
  @Test func namesAreOnlyNames() {
    let names: [[UInt8]] = [
      Array("../../etc/passwd".utf8), Array("/abs/x.txt".utf8), [0x62, 0xE9], Array("a\nb".utf8),
      Array("same".utf8), Array("same".utf8),
    ]
    let archive = names.flatMap { Self.entry($0, Array("some words".utf8)) } + Self.trailer
    #expect(
      cut(archive).map(\.name) == [
        "../../etc/passwd", "/abs/x.txt", "b\u{FFFD}", "a b", "same", "same (2)",
      ])
  }

  /// As bsdtar fills up what it cannot decompress.
  @Test func nothingButZerosIsUnreadable() {
    let archive =
      Self.entry(Array("bad.txt".utf8), Array(repeating: 0, count: 40))
      + Self.entry("good.txt", "these are words") + Self.trailer
    #expect(cut(archive).map(\.cause) == [.unreadable, nil])
  }

  @Test func aLargeFileIsPassedOver() {
    let archive =
      Self.entry("large", String(repeating: "x", count: 5_000)) + Self.entry("small", "two words")
      + Self.trailer
    for portion in [64, 6_000] {
      let members = cut(archive, limit: 1_000) { portion }
      #expect(members.map(\.name) == ["large", "small"])
      #expect(members.map(\.cause) == [.tooLarge, nil])
    }
    let held = CutMembers(archive, .archive, limit: 1_000, portions: { 64 }).held
    #expect(held < 1_300)
  }

  /// What ends within an entry, or is none, is told once, and what came before it stands.
  @Test(arguments: [3, 40, 109, 115, 120, 130, 700])
  func whatIsCutOffIsTold(length: Int) {
    let archive = Self.entry("first", String(repeating: "word ", count: 100)) + Self.trailer
    let members = cut(Array(archive.prefix(length)))
    #expect(members.last?.cause == .unreadable)
    #expect(members.count == (length > 630 ? 2 : 1))
    let claim = Self.entry(Array("much".utf8), Array("little".utf8), claim: 0xFFFF_FFFE)
    #expect(cut(claim).map(\.cause) == [.unreadable])
  }

  @Test(arguments: UInt64(0)..<200)
  func noBytesDoHarm(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var archive =
      Self.entry("first", "some words") + Self.entry("second", "other words") + Self.trailer
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      archive[Int.random(in: 0..<archive.count, using: &random)] = UInt8.random(
        in: .min ... .max, using: &random)
    }
    let portion = Int.random(in: 1...200, using: &random)
    #expect(cut(archive).count <= 4)
    #expect(cut(archive) { portion } == cut(archive))
  }
}
