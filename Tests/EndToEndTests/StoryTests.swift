// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Stories", .tags(.acceptance), .timeLimit(.minutes(10)))
struct StoryTests {
  /// Reports of events that share some names, and copies of them: every kind of story record.
  private static func stream(_ count: Int) -> [(name: String, text: String)] {
    let news = EventNews(seed: 3)
    var random = SeededGenerator(seed: 3)
    return (0..<count).map { place in
      let event = Int.random(in: 0..<(count / 16), using: &random)
      let number = Int.random(in: 0..<12, using: &random)
      let text =
        place % 10 == 9
        ? news.report(event, number) + news.report(event, number + 1)
        : place % 3 == 2 ? news.copy(of: event, number) : news.report(event, number)
      return ("\(1_000 + place).txt", text)
    }
  }

  private func lines(
    _ files: [(name: String, text: String)], settings: [String: String] = [:]
  ) throws -> ClusterLogLines {
    let places = try Workplace(settings: settings)
    for file in files { try places.write(file.text.utf8, to: file.name) }
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    #expect(lines.decided == files.count)
    try expectSound(lines)
    return lines
  }

  @Test(
    "copies of a wire story and another agency's article are one story of two clusters",
    arguments: AcceptanceTests.orders)
  func wireStory(order: [String]) throws {
    let files = try order.enumerated().map { index, name in
      ("\(index)-\(name)", String(decoding: try Fixtures.wireStory(name), as: UTF8.self))
    }
    let lines = try lines(files)
    #expect(lines.partition.count == 2)
    #expect(lines.storyPartition.count == 1)
    let second = try #require(lines.assigned.first { $0["story_match"] != nil })
    let match = try #require(second["story_match"])
    let other = try #require(lines.assigned.first { $0.document == match["document"]?.integer })
    #expect(other.path == match["path"]?.string)
    #expect(other["cluster"]?.string != second["cluster"]?.string)
    let terms = try #require(match["terms"]?.array).compactMap(\.string)
    #expect(terms.count == 5)
    for term in terms {
      for line in [second, other] {
        let text = String(
          decoding: try Fixtures.wireStory(String(line.path.dropFirst(2))), as: UTF8.self)
        #expect(text.lowercased().contains(term), "\(term) in \(line.path)")
      }
    }
  }

  @Test("two events in each of four languages are eight stories", arguments: 0..<4 as Range<UInt64>)
  func languages(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let events = StoryTexts.events
    let files = events.indices.flatMap { event in
      events[event].enumerated().map { ("\(event)-\($0.offset).txt", $0.element) }
    }.shuffled(using: &random).enumerated().map {
      (String(1_000 + $0.offset) + "-" + $0.element.0, $0.element.1)
    }
    let lines = try lines(files)
    let found = Set(lines.storyPartition.map { Set($0.map { String($0.dropFirst(5)) }) })
    #expect(found == Set(events.indices.map { ["\($0)-0.txt", "\($0)-1.txt"] }))
  }

  @Test("pages of one site are not one story for the sake of its frame", arguments: [false, true])
  func frames(reversed: Bool) throws {
    let articles = ["bakery", "ferry", "orchestra", "otters"]
    for site in ["herald", "parish", "quayside"] {
      let files = try (reversed ? articles.reversed() : articles).enumerated().map {
        index, article in
        let page = try Fixtures.framedPage(article, on: site)
        return ("\(index)-\(article).txt", String(decoding: page, as: UTF8.self))
      }
      #expect(try lines(files).storyPartition.count == articles.count, "\(site)")
    }
    let pages = try Fixtures.boilerplatePages.map {
      ($0, String(decoding: try Fixtures.boilerplate($0), as: UTF8.self))
    }
    #expect(try lines(pages).storyPartition.count == 2)
  }

  @Test("switched off they leave no trace, and clusters are the same")
  func disabled() throws {
    let files = Self.stream(160)
    let with = try lines(files)
    let without = try lines(files, settings: ["stories": "enabled = false"])
    #expect(without.all.allSatisfy { $0["story"] == nil && $0["story_match"] == nil })
    #expect(!without.all.contains { $0.event.hasPrefix("story") })
    #expect(with.assigned.allSatisfy { $0["story"] != nil })
    #expect(with.clusterOfPath == without.clusterOfPath)
  }

  @Test("the number of workers changes no record")
  func workers() throws {
    let files = Self.stream(320)
    let records = try [1, 2, 4].map { count in
      try lines(files, settings: ["pipeline": "workers = \(count)"]).all.map(\.timeless)
    }
    #expect(records[1] == records[0])
    #expect(records[2] == records[0])
    let events = Set(records[0].compactMap { $0["event"]?.string })
    #expect(events.isSuperset(of: ["assigned", "merged", "story-merged", "story-moved"]))
  }

  @Test(
    "killed and started again, it decides as it would have", .tags(.durability),
    arguments: [40, 150])
  func killed(after records: Int) throws {
    let files = Self.stream(320)
    let untouched = try lines(files)
    let places = try Workplace()
    let daemon = try places.start()
    for file in files.prefix(records) { try places.deliver(file.text.utf8, as: file.name) }
    try daemon.waitForRecords(records / 2)
    try daemon.killHard()
    for file in files.dropFirst(records) { try places.deliver(file.text.utf8, as: file.name) }
    #expect(try places.runOnce(within: 60) == .exited(0))
    let lines = try places.lines()
    try expectSound(lines)
    #expect(lines.all.map(\.timeless) == untouched.all.map(\.timeless))
    let verification = try places.neardup("verify")
    #expect(verification.exitStatus == .exited(0), "\(verification.standardOutput)")
  }

  @Test("status and metrics count them")
  func counted() throws {
    let places = try Workplace()
    let metrics = places.path("neardupd.prom")
    try places.configure(["metrics": "textfile = \"\(metrics)\""])
    let daemon = try places.start()
    for name in Fixtures.wireStory { try places.deliver(Fixtures.wireStory(name), as: name) }
    try daemon.waitForRecords(5)
    try daemon.waitForStatus(containing: "5 documents, 2 clusters in 1 story, queue 0")
    let status = try places.neardup("status")
    #expect(status.standardOutput.contains("5 documents in 2 clusters in 1 story"))
    #expect(try daemon.stop() == .exited(0))
    let text = String(decoding: try FileSystem.read(metrics), as: UTF8.self)
    #expect(text.contains("\nneardupd_stories 1\n"))
  }

  @Test("a change of their configuration is said to need a restart")
  func reload() throws {
    let places = try Workplace()
    let daemon = try places.start()
    try places.configure([
      "stories": "enabled = false\nwindow = \"2h\"\nclock = \"published\""
    ])
    let done = try places.neardup("reload", "--wait")
    #expect(
      done.standardOutput.contains(
        "needs a restart: stories.enabled stories.window stories.clock\n"))
    #expect(try daemon.stop() == .exited(0))
  }

  @Test(
    "the acceptance documents are one story of two clusters",
    .enabled(if: Fixtures.seeds != nil, "the shared acceptance documents are not here"),
    arguments: [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 0, 3, 1], [3, 1, 4, 2, 0]])
  func seeds(order: [Int]) throws {
    let seeds = try #require(Fixtures.seeds)
    let files = try order.enumerated().map { place, number in
      (
        "\(place)-\(seeds[number].name)",
        String(decoding: try FileSystem.read(seeds[number].path), as: UTF8.self)
      )
    }
    let lines = try lines(files)
    #expect(lines.partition.count == 2)
    #expect(lines.storyPartition.count == 1)
  }
}
