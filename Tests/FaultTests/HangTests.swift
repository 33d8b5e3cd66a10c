// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Hang")
  struct Hang {
    enum Victim: String, CaseIterable { case log, state }

    private static func isBeat(_ message: NotifyMessage) -> Bool { message["WATCHDOG"] == "1" }

    @Test(
      "a frozen disk: the watchdog is no longer fed, and is again after the thaw", .loopMounts,
      .tool("fsfreeze"), arguments: Victim.allCases)
    func frozen(victim: Victim) throws {
      var outcome = Outcome("frozen disk under the \(victim.rawValue)")
      let loop = try LoopFileSystem(megabytes: 24)
      let places = try FaultPlaces(
        state: victim == .state ? loop.path("state") : nil,
        log: victim == .log ? loop.path("log/clusters.jsonl") : nil)
      let daemon = try places.start(environment: ["WATCHDOG_USEC": "400000"])
      try places.write(0..<10)
      try places.waitForRecords(10, of: daemon, within: 10)
      try loop.freeze()
      try places.write(10..<20)
      // Patience is one interval and beats come twice in it: after two intervals there are none.
      _ = try? daemon.waitForMessage("a second", after: .max, within: 1.2) { _ in true }
      let silent = daemon.messages.count
      _ = try? daemon.waitForMessage("a second", after: .max, within: 1.2) { _ in true }
      #expect(daemon.messages.dropFirst(silent).count(where: Self.isBeat) == 0)
      let mended = MonotonicDeadline.microseconds()
      try loop.thaw()
      try places.waitForRecords(20, of: daemon, within: 10)
      outcome.recovered(since: mended)
      try daemon.waitForMessage("WATCHDOG=1", after: silent, within: 5, Self.isBeat)
      try outcome.finish(daemon, places, paths: (0..<20).map(FaultPlaces.name))
    }

    @Test("a full disk is no hang: the watchdog is fed", .privileged)
    func fullDisk() throws {
      let small = try SmallFileSystem(kilobytes: 1000)
      let places = try FaultPlaces(log: small.path("log/clusters.jsonl"))
      let daemon = try places.start(environment: ["WATCHDOG_USEC": "2000000"])
      try Ballast(in: small.path).fill(leaving: 0)
      try places.write(0..<100)
      try daemon.waitForStatus(containing: "cannot write", within: 10)
      var next = daemon.messages.count
      for _ in 0..<4 {
        next = try daemon.waitForMessage("WATCHDOG=1", after: next, within: 3, Self.isBeat).next
      }
      #expect(try daemon.stop() == .exited(0))
    }
  }
}
