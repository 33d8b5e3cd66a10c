// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite("Stopping", .tags(.service), .timeLimit(.minutes(10)))
struct StoppingTests {
  @Test("the signals that stop it end it with 0 and STOPPING", arguments: [SIGTERM, SIGINT])
  func signals(signal: Int32) throws {
    let places = try Workplace()
    let daemon = try places.start()
    daemon.send(signal)
    #expect(try daemon.waitForExit() == .exited(0))
    try daemon.waitForMessage("STOPPING=1") { $0["STOPPING"] == "1" }
    let said = daemon.standardError.split(separator: "\n")
    #expect(said.contains { $0.hasSuffix("notice stopping") }, "\(said)")
    #expect(said.last?.hasSuffix("stopped") == true, "\(said)")
  }

  @Test(
    "while it loads its index it ends at once, and loses nothing", arguments: [SIGTERM, SIGINT])
  func whileLoading(signal: Int32) throws {
    let places = try Workplace()
    let news = PseudoNews(seed: 37)
    for number in 0..<5_000 {
      try places.write(news.article(number).utf8, to: "\(number).txt")
    }
    #expect(try places.runOnce(within: 120) == .exited(0))
    let whole = try FileSystem.read(places.log)
    // It may be done with loading before the signal comes: then it stops as any other time.
    var wasLoading = false
    for _ in 0..<10 where !wasLoading {
      let daemon = try places.launch()
      try daemon.waitForStatus(containing: "loading index ")
      daemon.send(signal)
      let status = try daemon.waitForExit()
      wasLoading = status == .signalled(signal)
      #expect(wasLoading || status == .exited(0), "\(status)")
      #expect(!wasLoading || !daemon.messages.contains { $0.isReady })
    }
    #expect(wasLoading)
    let next = try places.start()
    try next.waitForStatus(containing: "watching 1 directory: 5000 documents, ")
    #expect(try next.stop() == .exited(0))
    #expect(try FileSystem.read(places.log) == whole)
  }

  @Test("what is in flight is finished, and the log ends with a whole line")
  func drains() throws {
    let places = try Workplace()
    let news = PseudoNews(seed: 19)
    let daemon = try places.start()
    for number in 0..<500 {
      try places.deliver(news.article(number, words: 100).utf8, as: "\(number).txt")
    }
    try daemon.waitForRecords(1)
    #expect(try daemon.stop() == .exited(0))
    try expectSound(try places.lines())
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines()
    #expect(lines.assigned.count == 500)
    try expectSound(lines)
  }

  @Test("it stops while it works through a backlog, and goes on from there")
  func stopsInBacklog() throws {
    let places = try Workplace()
    let news = PseudoNews(seed: 29)
    for number in 0..<1500 {
      try places.write(news.article(number, words: 80).utf8, to: "\(number).txt")
    }
    let daemon = try places.launch()
    try daemon.waitForLog("the first line", within: 15) { !$0.all.isEmpty }
    #expect(try daemon.stop() == .exited(0))
    try expectSound(try places.lines())
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().assigned.count == 1500)
    try expectSound(try places.lines())
  }
}
