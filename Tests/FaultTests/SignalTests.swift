// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Signals")
  struct Signals {
    @Test("SIGTERM at any moment of the start, and of a start with much to load")
    func duringStart() throws {
      let rounds = Faults.isExtended ? 100 : 15
      var outcome = Outcome("SIGTERM while starting and loading", rounds: rounds)
      let places = try FaultPlaces()
      try places.write(0..<3000)
      #expect(try places.launch(["--once"]).waitForExit(within: 60) == .exited(0))
      var moments = SeededGenerator(seed: 21)
      for _ in 0..<rounds {
        let daemon = try places.launch()
        poll(nil, 0, Int32.random(in: 0...150, using: &moments))
        daemon.send(SIGTERM)
        let status = try daemon.waitForExit(within: 20)
        // Before it has taken the signals over, it ends as any process does.
        #expect(status == .exited(0) || status == .signalled(SIGTERM))
      }
      try outcome.check(places, paths: (0..<3000).map(FaultPlaces.name))
      outcome.report()
    }

    @Test("a second SIGTERM ends it at once, and nothing is lost", .privileged)
    func second() throws {
      var outcome = Outcome("second SIGTERM under load", rounds: 5)
      let places = try FaultPlaces()
      for round in 0..<5 {
        let daemon = try places.start()
        try places.write((round * 400)..<(round * 400 + 400))
        daemon.send(SIGTERM)
        daemon.send(SIGTERM)
        let status = try daemon.waitForExit(within: 10)
        #expect(status == .exited(0) || status == .signalled(SIGTERM))
      }
      let last = try places.start()
      let start = MonotonicDeadline.microseconds()
      try places.waitForRecords(2000, of: last, within: 20)
      outcome.recovered(since: start)
      try outcome.finish(last, places, paths: (0..<2000).map(FaultPlaces.name))
    }

    @Test("a second SIGTERM while the disk is frozen ends it", .loopMounts, .tool("fsfreeze"))
    func secondWhileHanging() throws {
      let loop = try LoopFileSystem(megabytes: 24)
      let places = try FaultPlaces(log: loop.path("log/clusters.jsonl"))
      let daemon = try places.start()
      try places.write(0..<5)
      try places.waitForRecords(5, of: daemon, within: 10)
      try loop.freeze()
      try places.write(5..<10)
      try daemon.waitForStatus(containing: "watching", after: 1)
      daemon.send(SIGTERM)
      try daemon.waitForMessage("STOPPING=1") { $0["STOPPING"] == "1" }
      daemon.send(SIGTERM)
      // A process in an uninterruptible write ends when the write does.
      try loop.thaw()
      let status = try daemon.waitForExit(within: 10)
      #expect(status == .exited(0) || status == .signalled(SIGTERM))
      #expect(try places.launch(["--once"]).waitForExit(within: 20) == .exited(0))
      var outcome = Outcome("second SIGTERM while the disk is frozen")
      try outcome.check(places, paths: (0..<10).map(FaultPlaces.name))
      outcome.report()
    }

    @Test("a storm of SIGHUP under load, and SIGPIPE")
    func storm() throws {
      let signals = Faults.isExtended ? 20_000 : 2_000
      var outcome = Outcome("\(signals) SIGHUP and SIGPIPE under load")
      let places = try FaultPlaces()
      let daemon = try places.start()
      let documents = 2000
      for number in 0..<documents {
        try places.write([number])
        for _ in 0..<(signals / documents) {
          daemon.send(SIGHUP)
          daemon.send(SIGPIPE)
        }
      }
      let start = MonotonicDeadline.microseconds()
      try places.waitForRecords(documents, of: daemon, within: 30)
      outcome.recovered(since: start)
      #expect(try daemon.stop() == .exited(0))
      // Each RELOADING=1 is followed by a READY=1 before the next one. One for which the queue of
      // a reader that is behind had no room may be lacking, but never what says that all is well.
      var (reloading, ready, isReloading) = (0, 0, false)
      for message in daemon.messages {
        // What was not taken before comes first in a message.
        if message.isReady { (ready, isReloading) = (ready + 1, false) }
        if message["RELOADING"] == "1" {
          #expect(!isReloading)
          (reloading, isReloading) = (reloading + 1, true)
        }
      }
      #expect(reloading > 0)
      #expect(!isReloading)
      #expect(ready > reloading)
      try outcome.check(places, paths: (0..<documents).map(FaultPlaces.name))
      outcome.report("\(reloading) reloads")
    }
  }
}
