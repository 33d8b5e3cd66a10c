// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite("Starting", .tags(.service), .timeLimit(.minutes(10)))
struct StartingTests {
  @Test("READY comes with a status, and not before the log and the state stand")
  func ready() throws {
    let places = try Workplace()
    let daemon = try places.launch()
    try daemon.waitUntilReady()
    #expect(FileSystem.exists(places.log))
    try daemon.waitForStatus(
      containing: "watching 1 directory: 0 documents, 0 clusters in 0 stories, queue 0")
    #expect(daemon.messages.count { $0.isReady } == 1)
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("what is there at the start is processed, and the phases are told")
  func backlog() throws {
    let places = try Workplace()
    let news = PseudoNews(seed: 11)
    for number in 0..<1_500 {
      try places.write(news.article(number).utf8, to: "story-\(number).txt")
    }
    let daemon = try places.start()
    let lines = try daemon.waitForRecords(1_500, within: 60)
    try expectSound(lines)
    try daemon.waitForStatus(containing: "watching 1 directory: 1500 documents, ")
    let backlog = try daemon.waitForStatus(containing: "backlog ")
    #expect(backlog.contains(try Regex("backlog [0-9]+/[0-9]+, [0-9]+/s")))
    #expect(try daemon.stop() == .exited(0))

    let again = try places.start()
    let loading = try again.waitForStatus(containing: "loading index ")
    #expect(loading.contains(try Regex("loading index [0-9]+/1500")))
  }

  @Test("several drop directories are named in the records")
  func severalDirectories() throws {
    let places = try Workplace()
    let second = places.path("second")
    try FileSystem.makeDirectory(second)
    let daemon = try places.start(["--drop-directory", second])
    try daemon.waitForStatus(containing: "watching 2 directories: ")
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "story.txt")
    try daemon.waitForRecords(1)
    try FileSystem.write(Fixtures.wireStory("e-other-agency.txt"), to: "\(second)/story.txt")
    let lines = try daemon.waitForRecords(2)
    #expect(lines.assigned.map { $0["drop"]?.string } == [places.drop, second])
    try expectSound(lines)
  }

  @Test("--version and --help answer and end", arguments: ["--version", "--help"])
  func answers(option: String) throws {
    let places = try Workplace()
    let daemon = try RunningDaemon([option], log: places.log)
    #expect(try daemon.waitForExit() == .exited(0))
    #expect(daemon.standardOutput.isEmpty == false)
  }
}
