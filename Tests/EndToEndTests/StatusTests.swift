// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite("Status", .tags(.service), .timeLimit(.minutes(10)))
struct StatusTests {
  private func report(_ places: Workplace) throws -> JSONValue {
    let status = try places.neardup("status", "--json")
    #expect(status.exitStatus == .exited(0), "\(status.standardError)")
    return try JSONValue(parsing: status.standardOutput.utf8)
  }

  @Test("it tells what the daemon has done and how it is set up")
  func numbers() throws {
    let places = try Workplace(settings: ["drop": "settle = \"123ms\""])
    let daemon = try places.start()
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "a.txt")
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "b.txt")
    try places.deliver([], as: "empty.txt")
    try daemon.waitForRecords(3)
    try daemon.waitForStatus(containing: ": 2 documents")
    let report = try report(places)
    #expect(report["process"]?.integer == Int(daemon.processID))
    #expect(report["collection"]?["documents"]?.integer == 2)
    #expect(report["collection"]?["clusters"]?.integer == 1)
    #expect(report["since_start"]?["assigned"]?["first"]?.integer == 1)
    #expect(report["since_start"]?["assigned"]?["identical"]?.integer == 1)
    #expect(report["since_start"]?["skipped"]?["empty"]?.integer == 1)
    #expect(report["directories"]?.array?.first?["mode"]?.string == "watching")
    #expect(report["memory"]?["resident"]?.integer ?? 0 > 1 << 20)
    #expect(report["latency"]?["queue_wait"]?["median"] != nil)
    let settle = report["configuration"]?.array?.first { $0["key"]?.string == "drop.settle" }
    #expect(settle?["value"]?.string == "\"123ms\"")

    let text = try places.neardup("status").standardOutput
    #expect(text.contains("\(places.drop): watching"))
    #expect(text.contains("2 documents in 1 cluster"))
    #expect(text.contains("drop.settle = \"123ms\""))
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("without a daemon it says so and ends with 3, also after a kill")
  func notRunning() throws {
    let places = try Workplace()
    for command in ["status", "reload", "rescan"] {
      let answer = try places.neardup(command)
      #expect(answer.exitStatus == .exited(3))
      #expect(answer.standardError.contains("no neardupd is running"))
      #expect(answer.standardOutput.isEmpty)
    }
    try places.start().killHard()
    #expect(try places.neardup("status").exitStatus == .exited(3))
    let again = try places.start()
    #expect(try places.neardup("status").exitStatus == .exited(0))
    #expect(try again.stop() == .exited(0))
    #expect(!FileSystem.exists("\(places.state)/status.sock"))
  }

  @Test("the socket is in the runtime directory and found without it")
  func runtimeDirectory() throws {
    let places = try Workplace()
    let runtime = places.path("run")
    try FileSystem.makeDirectory(runtime)
    let daemon = try places.start(environment: ["RUNTIME_DIRECTORY": runtime])
    var status = stat()
    #expect(stat("\(runtime)/status.sock", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFSOCK)
    #expect(status.st_mode & 0o777 == 0o660)
    #expect(try report(places)["process"]?.integer == Int(daemon.processID))
    #expect(try daemon.stop() == .exited(0))
    #expect(!FileSystem.exists("\(runtime)/status.sock"))
  }

  @Test("reload --wait tells what was applied and what needs a restart")
  func reload() throws {
    let places = try Workplace()
    let daemon = try places.start()
    try places.configure(["drop": "settle = \"777ms\"\nfollow-links = true"])
    let done = try places.neardup("reload", "--wait")
    #expect(done.exitStatus == .exited(0))
    #expect(done.standardOutput.contains("applied: drop.settle\n"))
    #expect(done.standardOutput.contains("needs a restart: drop.follow-links\n"))
    let text = try places.neardup("status").standardOutput
    #expect(text.contains("drop.settle = \"777ms\""))
    #expect(!text.contains("drop.follow-links ="))
    let again = try places.neardup("reload", "--wait", "--json").standardOutput
    let report = try JSONValue(parsing: again.utf8)
    #expect(report["applied"]?.array?.isEmpty == true)
    #expect(report["needs_restart"]?.array?.compactMap(\.string) == ["drop.follow-links"])
    #expect(try places.neardup("reload", "--json").exitStatus == .exited(64))
    try daemon.waitForMessage("READY=1 after the reload", after: 1) { $0.isReady }
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("a rejected configuration ends reload --wait with 1, and the status tells of it")
  func rejected() throws {
    let places = try Workplace()
    let daemon = try places.start()
    try FileSystem.write("[drop]\nsetle = \"1s\"\n".utf8, to: places.configuration)
    let done = try places.neardup("reload", "--wait")
    #expect(done.exitStatus == .exited(1))
    #expect(done.standardError.contains("setle"))
    let status = try places.neardup("status")
    #expect(status.exitStatus == .exited(0), "a daemon that runs is found all the same")
    #expect(status.standardOutput.contains("last error"))
    #expect(status.standardOutput.contains("setle"))
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("rescan finds what no event told of")
  func rescan() throws {
    let places = try Workplace(settings: ["drop": "rescan-interval = \"0\""])
    let daemon = try places.start()
    try daemon.waitForStatus(containing: "queue 0")
    let before = try report(places)["since_start"]?["scans"]?.integer ?? 0
    let status = daemon.messages.count
    let told = try places.neardup("rescan", "--json")
    #expect(told.exitStatus == .exited(0))
    #expect(try JSONValue(parsing: told.standardOutput.utf8)["directories"]?.integer == 1)
    try daemon.waitForMessage("a status after the scan", after: status) { $0["STATUS"] != nil }
    #expect(try report(places)["since_start"]?["scans"]?.integer ?? 0 > before)
    #expect(try daemon.stop() == .exited(0))
  }
}
