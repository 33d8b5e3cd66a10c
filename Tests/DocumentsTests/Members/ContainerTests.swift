// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Documents

@Suite("Containers", .timeLimit(.minutes(10)))
struct ContainerTests {
  private static let samples: [(ContainerFormat, String)] = [
    (.jsonLines, SampleContainer.lines(5)), (.feed, SampleContainer.feed(5)),
    (.mailbox, SampleContainer.mailbox(5)), (.webArchive, SampleContainer.archive(5)),
  ]

  @Test("a container is told by its content", arguments: samples)
  func detection(_ format: ContainerFormat, _ content: String) {
    #expect(CutMembers.format(content) == format)
    let cut = CutMembers(content, format)
    #expect(cut.members.count == 5)
    #expect(cut.members.allSatisfy { ($0.words ?? 0) > 10 }, "\(cut.members)")
    #expect(Set(cut.names).count == 5)
    #expect(cut.members.map { $0.title?.contains("5") } == [false, false, false, false, true])
  }

  @Test(
    "one document stays one document",
    arguments: [
      SampleContainer.feed(1), SampleContainer.mailbox(1), SampleContainer.lines(1),
      "{\n  \"title\": \"One\",\n  \"text\": \"a text of several words\"\n}\n",
      "{\"a\": [\n{\"b\": 1},\n{\"b\": 2}\n]}", "[{\"a\": 1},\n{\"a\": 2}]",
      "{name}\n{street}\nare the fields of this form", "<html><item>a</item><item>b</item></html>",
      "From here to there\n\nFrom: nobody\n", "plain text", "", "{", "<", "WARC", "\u{FEFF}",
    ])
  func single(_ content: String) {
    #expect(CutMembers.format(content) == nil)
  }

  @Test("a file that is named JSON Lines has members, be it one")
  func named() {
    let one = SampleContainer.lines(1)
    for name in ["a.jsonl", "A.JSONL", "b/c.ndjson", "\u{E9}.jsonlines"] {
      #expect(CutMembers.format(one, name: name) == .jsonLines)
    }
    #expect(CutMembers.format("{\"broken\n" + one, name: "a.jsonl") == .jsonLines)
    #expect(CutMembers.format("{\n  \"title\": \"One\"\n}\n", name: "a.jsonl") == nil)
    #expect(CutMembers.format("", name: "a.jsonl") == nil)
  }

  @Test("how the bytes come changes nothing", arguments: samples)
  func portions(_ format: ContainerFormat, _ content: String) {
    let whole = CutMembers(content, format)
    var random = SeededGenerator(seed: 11)
    for most in [1, 2, 7, 64, 1_000] {
      let cut = CutMembers(Array(content.utf8), format) { Int.random(in: 1...most, using: &random) }
      #expect(cut.members == whole.members)
    }
  }

  @Test(
    "a member that is too large is passed over without being held",
    arguments: [
      (.jsonLines, SampleContainer.lines(5, large: 3)),
      (.feed, SampleContainer.feed(5, large: 3)),
      (.mailbox, SampleContainer.mailbox(5, large: 3)),
      (.webArchive, SampleContainer.archive(5, large: 3)),
    ] as [(ContainerFormat, String)])
  func tooLarge(_ format: ContainerFormat, _ content: String) {
    let cut = CutMembers(Array(content.utf8), format, limit: 3_000) { 500 }
    #expect(cut.members.map(\.cause) == [nil, nil, .tooLarge, nil, nil])
    #expect(cut.held < 8_000)
    let whole = CutMembers(content, format, limit: 3_000)
    #expect(whole.members.map(\.cause) == cut.members.map(\.cause))
    #expect(Set(cut.names).count == 5)
  }

  @Test("whatever the bytes are, all of them are gone through", arguments: samples)
  func damaged(_ format: ContainerFormat, _ content: String) {
    var random = SeededGenerator(seed: 23)
    let good = Array(content.utf8)
    for round in 0..<400 {
      var bytes = good
      for _ in 0...(round % 9) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 40))
        case 2: bytes.insert(contentsOf: good[(place % good.count)...].prefix(60), at: place)
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { bytes = [0x3C] }
      }
      let most = [3, 50, 4_000][round % 3]
      let cut = CutMembers(bytes, format, limit: 300) { Int.random(in: 1...most, using: &random) }
      #expect(Set(cut.names).count == cut.names.count)
    }
  }
}
