// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// What was published long ago and is dropped today.
@Suite("A back-file", .tags(.acceptance), .timeLimit(.minutes(10)))
struct BackFileTests {
  private struct Telling {
    let event: Int
    let number: Int
    let text: String
    let day: String

    /// As a page, a record or a feed's item says when it was published.
    var file: (ending: String, text: String) {
      switch (event + number) % 3 {
      case 0:
        (
          "html",
          """
          <html><head><meta property="article:published_time" content="\(day)"></head>
          <body><p>\(text)</p></body></html>
          """
        )
      case 1: ("json", record)
      default:
        (
          "eml",
          "From: desk@agency.example\nDate: \(day)\nContent-Type: text/plain; charset=utf-8\n\n"
            + "\(text)\n"
        )
      }
    }

    /// On one line.
    var record: String {
      let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("\n", with: "\\n")
      return #"{"datePublished": "\#(day)", "articleBody": "\#(escaped)"}"#
    }
  }

  /// Two reports of each event: of even ones in one week, of odd ones a year apart.
  private static let tellings = StoryTexts.events.enumerated().flatMap { event, texts in
    texts.prefix(2).enumerated().map { number, text in
      let year = 1990 + event * 3 + (event.isMultiple(of: 2) ? 0 : number)
      return Telling(
        event: event, number: number, text: text,
        day: number == 0 ? "\(year)-05-03" : "\(year)-05-09T08:30:00+02:00")
    }
  }

  /// Half of the events are one story, the other half two.
  private func expectOwnTime(_ lines: ClusterLogLines, _ events: [Int: Int]) {
    let clusters = Dictionary(
      grouping: lines.assigned.compactMap(\.document),
      by: { number in lines.assigned.first { $0.document == number }?["cluster"]?.string ?? "" })
    var count = 0
    for event in StoryTexts.events.indices {
      let documents = lines.storyOfDocument.filter { events[$0.key] == event }
      #expect(documents.count == 2)
      // Two that are near-duplicates are of one story whatever their times are.
      let areNear = clusters.values.contains { Set(documents.keys).isSubset(of: $0) }
      let isOne = areNear || event.isMultiple(of: 2)
      #expect(Set(documents.values).count == (isOne ? 1 : 2), "event \(event)")
      count += isOne ? 1 : 2
    }
    #expect(Set(lines.storyOfDocument.values).count == count)
    #expect(count > StoryTexts.events.count + 1)
  }

  @Test(
    "has its events in their own time, in whatever order its files are read",
    arguments: 0..<4 as Range<UInt64>)
  func anyOrder(seed: UInt64) throws {
    let places = try Workplace(settings: ["stories": "clock = \"published\""])
    var random = SeededGenerator(seed: seed)
    let order = Self.tellings.shuffled(using: &random)
    for (place, telling) in order.enumerated() {
      let file = telling.file
      try places.write(file.text.utf8, to: "\(100 + place).\(file.ending)")
    }
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    try expectSound(lines)
    #expect(lines.assigned.allSatisfy { $0["published"] != nil })
    expectOwnTime(
      lines,
      Dictionary(uniqueKeysWithValues: order.enumerated().map { ($0.offset + 1, $0.element.event) })
    )
    #expect(try places.neardup("verify").exitStatus == .exited(0))
  }

  @Test("read in parts with a kill between them it is the same as read at once")
  func inParts() throws {
    let files = Self.tellings.enumerated().map { place, telling in
      (name: "\(100 + place).\(telling.file.ending)", text: telling.file.text)
    }
    let settings = ["stories": "clock = \"published\""]
    let whole = try Workplace(settings: settings)
    for file in files { try whole.write(file.text.utf8, to: file.name) }
    #expect(try whole.runOnce(within: 60) == .exited(0))
    let places = try Workplace(settings: settings)
    let daemon = try places.start()
    for file in files.prefix(7) { try places.deliver(file.text.utf8, as: file.name) }
    try daemon.waitForRecords(4)
    try daemon.killHard()
    for file in files.dropFirst(7) { try places.deliver(file.text.utf8, as: file.name) }
    #expect(try places.runOnce(within: 60) == .exited(0))
    #expect(try places.lines().all.map(\.timeless) == whole.lines().all.map(\.timeless))
  }

  @Test("is one event after the other by the clock of arrivals, and decided anew by its own")
  func decidedAnew() throws {
    let places = try Workplace()
    let records = Self.tellings.map { $0.record + "\n" }.joined()
    try places.write(records.utf8, to: "back-file.jsonl")
    #expect(try places.runOnce(within: 60) == .exited(0))
    let arrived = try places.lines()
    #expect(Set(arrived.storyOfDocument.values).count == StoryTexts.events.count)
    try places.configure(["stories": "clock = \"published\""])
    let (state, log) = (places.path("new-state"), places.path("new.jsonl"))
    let run = try places.neardup("rebuild", state, log)
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    expectOwnTime(
      try ClusterLogLines(at: log),
      Dictionary(
        uniqueKeysWithValues: Self.tellings.enumerated().map { ($0.offset + 1, $0.element.event) }))
  }

  @Test("a check takes the text's own time, asked of the daemon and of the state")
  func checked() throws {
    let places = try Workplace(settings: ["stories": "clock = \"published\""])
    let texts = StoryTexts.events[0]
    let daemon = try places.start()
    try places.deliver(
      Telling(event: 1, number: 0, text: texts[0], day: "2011-05-03").record.utf8, as: "a.json")
    try daemon.waitForRecords(1)
    let days = [("2011-05-09", "s1"), ("2012-05-09", nil), ("2010-05-09", nil)]
    func ask(_ source: String) throws {
      for (day, story) in days {
        let file = places.path("asked.json")
        let telling = Telling(event: 0, number: 1, text: texts[1], day: day)
        try FileSystem.write(telling.record.utf8, to: file)
        let run = try places.neardup("check", "--json", file)
        let answer = try JSONValue(parsing: run.standardOutput.utf8)
        #expect(answer["answered_by"]?.string == source)
        #expect(answer["report"]?["story"]?.string == story, "\(day)")
      }
    }
    try ask("daemon")
    #expect(try daemon.stop() == .exited(0))
    try ask("state")
  }
}
