// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Check", .tags(.service), .timeLimit(.minutes(10)))
struct CheckTests {
  private let places: Workplace

  init() throws { places = try Workplace() }

  private func check(_ arguments: String...) throws -> ProgramRun {
    try places.neardup(["check"] + arguments)
  }

  private func outside(_ name: String) throws -> String {
    let path = places.path("outside/\(name)")
    try FileSystem.write(Fixtures.wireStory(name), to: path)
    return path
  }

  @Test("the running daemon and the state it left give the same answer, and nothing is recorded")
  func sources() throws {
    let daemon = try places.start()
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "a.txt")
    try places.deliver(Fixtures.wireStory("e-other-agency.txt"), as: "e.txt")
    try daemon.waitForRecords(2)
    let names = try ["c-spun.txt", "d-shuffled.txt", "a-site-copy.txt"].map(outside)
    let asked = try names.map { try check("--json", $0) }
    #expect(try daemon.stop() == .exited(0))
    let read = try names.map { try check("--json", $0) }
    for (one, other) in zip(asked, read) {
      #expect(one.exitStatus == .exited(0))
      #expect(other.exitStatus == .exited(0))
      let answers = (
        try JSONValue(parsing: one.standardOutput.utf8),
        try JSONValue(parsing: other.standardOutput.utf8)
      )
      #expect(answers.0["answered_by"]?.string == "daemon")
      #expect(answers.1["answered_by"]?.string == "state")
      #expect(answers.0["report"]?["cluster"]?.string == "c1")
      #expect(answers.0["report"] == answers.1["report"])
    }
    let relations = try asked.map {
      try JSONValue(parsing: $0.standardOutput.utf8)["report"]?["relation"]?.string
    }
    #expect(relations == ["near", "near", "identical"])
    #expect(try places.lines().all.count == 2)
  }

  @Test("the story is the one that the daemon then puts the text into")
  func story() throws {
    let daemon = try places.start()
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "a.txt")
    try daemon.waitForRecords(1)
    let (other, copy) = (try outside("e-other-agency.txt"), try outside("c-spun.txt"))
    let answer = try JSONValue(parsing: check("--json", other).standardOutput.utf8)["report"]
    #expect(answer?["cluster"] == nil)
    #expect(answer?["story"]?.string == "s1")
    #expect(answer?["stories"]?.integer == 1)
    #expect(answer?["story_match"]?["path"]?.string == "a.txt")
    let told = try check(other)
    #expect(told.exitStatus == .exited(1), "a story is no match")
    #expect(told.standardOutput.contains("  in story s1, similarity 0."))
    #expect(try check(copy).standardOutput.contains("  in story s1, as its cluster is\n"))
    try places.deliver(Fixtures.wireStory("e-other-agency.txt"), as: "e.txt")
    try daemon.waitForRecords(2)
    let line = try #require(try places.lines().all.last)
    #expect(line["story"]?.string == "s1")
    #expect(line["cluster"]?.string == "c2")
    let similarity = try #require(line["story_match"]?["similarity"]?.number)
    let asked = try #require(answer?["story_match"]?["similarity"]?.number)
    #expect(abs(similarity - asked) < 0.0001)
    #expect(try daemon.stop() == .exited(0))
    let read = try JSONValue(parsing: check("--json", other).standardOutput.utf8)
    #expect(read["answered_by"]?.string == "state")
    #expect(read["report"]?["story"]?.string == "s1")
  }

  @Test("what matches nothing ends with 1, what would be skipped is told so")
  func nothing() throws {
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "a.txt")
    #expect(try places.runOnce() == .exited(0))
    let new = places.path("new.txt")
    try FileSystem.write("Nothing of this has been seen in any of the documents.".utf8, to: new)
    let run = try check(new)
    #expect(run.exitStatus == .exited(1))
    #expect(run.standardOutput.contains("nothing near among 1 documents"))
    let short = places.path("short.txt")
    try FileSystem.write("Two words".utf8, to: short)
    #expect(try check(short).standardOutput.contains("would be skipped: too-short"))
    #expect(try check(short).exitStatus == .exited(1))
    // The others are checked all the same.
    let both = try check(places.path("missing"), try outside("c-spun.txt"))
    #expect(both.exitStatus == .exited(2))
    #expect(both.standardOutput.contains("near-duplicate of c1"))
    #expect(both.standardError.contains("No such file"))
  }

  @Test("without a state there is nothing to check against: 74, as with other commands")
  func noState() throws {
    let run = try check(try outside("c-spun.txt"))
    #expect(run.exitStatus == .exited(74))
    #expect(run.standardError.contains("there is no such file"))
    #expect(try places.neardup("threshold").exitStatus == run.exitStatus)
  }

  @Test("a daemon that is asked goes on")
  func asking() throws {
    let daemon = try places.start()
    for number in 0..<20 {
      try places.deliver(PseudoNews(seed: 1).article(number).utf8, as: "\(number).txt")
      #expect(try check(try outside("c-spun.txt")).exitStatus == .exited(1))
    }
    try daemon.waitForRecords(20)
    #expect(try places.lines().all.compactMap(\.document) == Array(1...20))
    #expect(try daemon.stop() == .exited(0))
  }
}
