// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Watchdog", .tags(.service), .timeLimit(.minutes(10)))
struct WatchdogTests {
  @Test("it is fed while the daemon is idle and while it works")
  func fed() throws {
    let places = try Workplace()
    let daemon = try places.start(environment: ["WATCHDOG_USEC": "400000"])
    var next = 0
    for _ in 0..<4 {
      next = try daemon.waitForMessage("WATCHDOG=1", after: next, within: 5) {
        $0["WATCHDOG"] == "1"
      }.next
    }
    let news = PseudoNews(seed: 43)
    for number in 0..<300 {
      try places.deliver(news.article(number, words: 80).utf8, as: "\(number).txt")
    }
    try daemon.waitForRecords(300)
    try daemon.waitForMessage("WATCHDOG=1", after: daemon.messages.count, within: 5) {
      $0["WATCHDOG"] == "1"
    }
  }

  @Test("without WATCHDOG_USEC nothing is sent")
  func notAsked() throws {
    let places = try Workplace()
    let daemon = try places.start()
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "story.txt")
    try daemon.waitForStatus(containing: ": 1 document")
    #expect(try daemon.stop() == .exited(0))
    #expect(!daemon.messages.contains { $0["WATCHDOG"] != nil })
  }

  @Test("a watchdog meant for another process is not fed")
  func meantForAnother() throws {
    let places = try Workplace()
    let daemon = try places.start(
      environment: ["WATCHDOG_USEC": "200000", "WATCHDOG_PID": "1"])
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "story.txt")
    try daemon.waitForRecords(1)
    #expect(try daemon.stop() == .exited(0))
    #expect(!daemon.messages.contains { $0["WATCHDOG"] != nil })
  }
}
