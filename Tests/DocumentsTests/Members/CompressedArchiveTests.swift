// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Documents

@Suite("Compressed archives", .timeLimit(.minutes(10)))
struct CompressedArchiveTests {
  private static func inflated(_ bytes: [UInt8], limit: Int = 1 << 24) -> ([UInt8], Int)? {
    bytes.withUnsafeBytes { bytes in
      var member = GzipMember(bytes, limit: limit)
      guard let length = try? member.inflate() else { return nil }
      return (member.output, length)
    }
  }

  @Test("what gzip compressed is there again", arguments: [0, 1, 100, 5_000, 300_000])
  func inflating(_ count: Int) throws {
    var random = SeededGenerator(seed: 3)
    let news = PseudoNews(seed: 9)
    // Text, bytes without pattern, and runs of one byte.
    let texts: [[UInt8]] = [
      Array((0..<count / 1_000 + 1).map { news.article($0) }.joined().utf8.prefix(count)),
      (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) },
      Array(repeating: 7, count: count),
    ]
    for text in texts {
      let compressed = try GzipFile.compressed(text)
      let (output, length) = try #require(Self.inflated(compressed + [1, 2, 3]))
      #expect(output == text)
      #expect(length == compressed.count)
      #expect(Self.inflated(Array(compressed.dropLast())) == nil)
      if count > 1 { #expect(Self.inflated(compressed, limit: count - 1) == nil) }
    }
  }

  @Test("damaged bytes are refused, whatever they are")
  func damage() throws {
    var random = SeededGenerator(seed: 8)
    let text = Array(PseudoNews(seed: 4).article(1).utf8)
    let compressed = try GzipFile.compressed(text)
    for _ in 0..<3_000 {
      var bytes = compressed
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 10..<bytes.count, using: &random)
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      if let (output, _) = Self.inflated(bytes, limit: 1 << 16) { #expect(output == text) }
    }
  }

  private static func archive(_ count: Int, large: Int? = nil) throws -> [[UInt8]] {
    let whole = SampleContainer.archive(count, large: large)
    return try whole.split(separator: "WARC/1.0\r\n").map {
      try GzipFile.compressed("WARC/1.0\r\n\($0)".utf8)
    }
  }

  @Test("the pages of compressed records are those of the archive")
  func members() throws {
    let records = try Self.archive(6)
    let plain = CutMembers(SampleContainer.archive(6), .webArchive).members
    let bytes = Array(records.joined())
    #expect(
      bytes.withUnsafeBytes { ContainerFormat.detect($0, name: []) } == .compressedWebArchive)
    #expect(CutMembers(bytes, .compressedWebArchive).members == plain)
    var random = SeededGenerator(seed: 2)
    let parts = CutMembers(bytes, .compressedWebArchive) { Int.random(in: 1...90, using: &random) }
    #expect(parts.members == plain)
    // All in one member, as whoever compresses the whole file has it.
    let one = try GzipFile.compressed(SampleContainer.archive(6).utf8)
    #expect(CutMembers(one, .compressedWebArchive).members == plain)
    // Other compressed files are none.
    let other = try GzipFile.compressed("a text".utf8)
    #expect(other.withUnsafeBytes { ContainerFormat.detect($0, name: []) } == nil)
  }

  @Test("a damaged record is told of, and the rest goes on")
  func damagedRecord() throws {
    var records = try Self.archive(5, large: 4)
    for place in 30..<50 { records[1][place] ^= 0x55 }
    records[4].removeLast(9)
    let cut = CutMembers(Array(records.joined()), .compressedWebArchive, limit: 2_000)
    #expect(cut.members.map(\.cause) == [nil, .unreadable, nil, .tooLarge, .unreadable])
    #expect(
      cut.names == [
        "https://www.example.org/1", "record 2", "https://www.example.org/3", "record 4",
        "record 5",
      ])
  }

  @Test("a page that was sent compressed is read")
  func compressedPage() throws {
    let page = try GzipFile.compressed("<title>A compressed page</title><p>one two".utf8)
    let header = Array(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".utf8)
    let record = Array(
      ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
        + "Content-Length: \(header.count + page.count)\r\n\r\n").utf8)
    let end = Array("\r\n\r\n".utf8)
    let good = CutMembers(record + header + page + end, .webArchive)
    #expect(good.members.map(\.title) == ["A compressed page"])
    #expect(good.members.map(\.words) == [5])
    let damaged = page.prefix(20) + page.dropFirst(20).map { $0 ^ 0x55 }
    let bad = CutMembers(record + header + damaged + end, .webArchive)
    #expect(bad.members.map(\.cause) == [.unreadable])
  }
}
