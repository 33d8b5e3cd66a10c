// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite("Reload", .tags(.service), .timeLimit(.minutes(10)))
struct ReloadTests {
  /// Sends SIGHUP and follows the protocol to its end; answers the message that began it.
  private func reload(_ daemon: RunningDaemon) throws -> NotifyMessage {
    let before = daemon.messages.count
    daemon.send(SIGHUP)
    let begun = try daemon.waitForMessage("RELOADING=1", after: before) {
      $0["RELOADING"] == "1"
    }
    try daemon.waitForMessage("READY=1 after RELOADING=1", after: begun.next) { $0.isReady }
    return begun.message
  }

  @Test("RELOADING carries the monotonic time, and READY follows")
  func protocolOrder() throws {
    let places = try Workplace()
    let daemon = try places.start()
    let before = MonotonicDeadline.microseconds()
    let begun = try reload(daemon)
    let after = MonotonicDeadline.microseconds()
    let time = try #require(begun["MONOTONIC_USEC"].flatMap { UInt64($0) })
    #expect((before...after).contains(time))
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "story.txt")
    try daemon.waitForRecords(1)
  }

  @Test("a log that was renamed away is reopened", .tags(.durability), arguments: [true, false])
  func renamedLog(told: Bool) throws {
    let places = try Workplace()
    let daemon = try places.start()
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "a.txt")
    try daemon.waitForRecords(1)
    let rotated = "\(places.log).1"
    try FileSystem.rename(places.log, to: rotated)
    if told { _ = try reload(daemon) }
    try places.deliver(Fixtures.wireStory("b-long-copy.txt"), as: "b.txt")
    let fresh = try daemon.waitForRecords(1)
    #expect(fresh.assigned.map(\.path) == ["b.txt"])
    #expect(fresh.all.first?.sequence == 2)

    #expect(try daemon.stop() == .exited(0))
    #expect(daemon.standardError.contains("the cluster log was reopened"))
    let again = try places.start()
    try places.deliver(Fixtures.wireStory("e-other-agency.txt"), as: "e.txt")
    try again.waitForRecords(2)
    #expect(try again.stop() == .exited(0))
    let whole = try ClusterLogLines(at: rotated, places.log)
    #expect(whole.assigned.map(\.path) == ["a.txt", "b.txt", "e.txt"])
    try expectSound(whole)
  }

  @Test("a reload without a rotation keeps the lines that mend the log", .tags(.durability))
  func keptLines() throws {
    let places = try Workplace()
    let daemon = try places.start()
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "a.txt")
    try daemon.waitForRecords(1)
    _ = try reload(daemon)
    try places.deliver(Fixtures.wireStory("b-long-copy.txt"), as: "b.txt")
    try daemon.waitForRecords(2)
    #expect(try daemon.stop() == .exited(0))
    #expect(!daemon.standardError.contains("the cluster log was reopened"))
    let whole = try FileSystem.read(places.log)
    try FileSystem.truncate(places.log, to: 0)
    #expect(try places.start().stop() == .exited(0))
    #expect(try FileSystem.read(places.log) == whole)
  }

  @Test("a bad file leaves the old configuration in force, and says so")
  func badFile() throws {
    let places = try Workplace()
    let daemon = try places.start()
    try FileSystem.write("[drop]\nsetle = \"1s\"\n".utf8, to: places.configuration)
    _ = try reload(daemon)
    #expect(daemon.standardError.contains("setle"))
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "story.txt")
    try daemon.waitForRecords(1)
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("what can change at run time changes")
  func appliesMaxSize() throws {
    let places = try Workplace(settings: ["drop": "max-size = \"1KiB\""])
    let daemon = try places.start()
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "before.txt")
    #expect(try daemon.waitForRecords(1).all.first?.reason == "too-large")
    try places.configure(["drop": "max-size = \"1MiB\""])
    _ = try reload(daemon)
    try places.deliver(Fixtures.wireStory("e-other-agency.txt"), as: "after.txt")
    let lines = try daemon.waitForLog("a record for after.txt") {
      !$0.lines(for: "after.txt").isEmpty
    }
    #expect(lines.lines(for: "after.txt").map(\.event) == ["assigned"])
  }

  @Test("many reloads in a row are all answered, and nothing is lost")
  func manyReloads() throws {
    let places = try Workplace()
    let daemon = try places.start()
    let news = PseudoNews(seed: 47)
    for number in 0..<20 {
      try places.deliver(news.article(number).utf8, as: "\(number).txt")
      _ = try reload(daemon)
    }
    try expectSound(try daemon.waitForRecords(20))
    #expect(try daemon.stop() == .exited(0))
  }
}
