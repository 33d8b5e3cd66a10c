// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// Places beside the drop directory that hang, are missing, or go away.
  @Suite("Hanging places", .privileged)
  struct HangingPlaces {
    enum Place: String, CaseIterable { case moveTo, metrics }

    private static func settings(_ place: Place, _ directory: String) -> [String: String] {
      switch place {
      case .moveTo: ["drop": "after = \"move-to\"\nmove-to = \"\(directory)\""]
      case .metrics: ["metrics": "textfile = \"\(directory)/neardupd.prom\""]
      }
    }

    @Test(
      "a place that hangs stops neither intake nor SIGTERM, and is told of once", .tool("bindfs"),
      .tool("fusermount3"), arguments: Place.allCases, [true, false])
    func hanging(place: Place, fromTheStart: Bool) throws {
      var outcome = Outcome("hanging: \(place.rawValue)\(fromTheStart ? ", at the start" : "")")
      let base = try TemporaryDirectory()
      for name in ["behind", "far"] { try FileSystem.makeDirectory(base.path(name)) }
      let mount = try UserSpaceMount(of: base.path("behind"), at: base.path("far"))
      let places = try FaultPlaces(settings: Self.settings(place, mount.path))
      let messages = try Messages()
      if fromTheStart { mount.server.send(SIGSTOP) }
      defer { mount.server.send(SIGCONT) }
      let daemon = try places.start(launcher: messages.launcher)
      // Again, and before the daemon is let go: the kernel may keep it until the server answers.
      defer { mount.server.send(SIGCONT) }
      if !fromTheStart {
        // The kernel waits for what a server has taken up, even where the process is killed: so
        // it is stopped while it has nothing to do.
        if place == .metrics {
          try Moving.wait { FileSystem.exists(base.path("behind/neardupd.prom")) }
        }
        poll(nil, 0, 300)
        mount.server.send(SIGSTOP)
      }
      // Long enough that each call that hangs is given up.
      for number in 0..<6 {
        try places.write([number])
        try places.waitForRecords(number + 1, of: daemon, within: 10)
        poll(nil, 0, 700)
      }
      let said =
        place == .moveTo ? "drop.move-to does not answer" : "measurements cannot be written"
      try messages.wait(for: said, within: 15)
      #expect(!daemon.statuses.contains { $0.contains("hanging") })
      try outcome.finish(daemon, places, paths: (0..<6).map(FaultPlaces.name))
      #expect(messages.count(containing: said) == 1)
    }

    @Test("a target that is missing or on another file system is told of at the start")
    func unusableTarget() throws {
      let small = try SmallFileSystem(kilobytes: 1_000)
      let missing = try TemporaryDirectory()
      for (target, reason) in [
        (small.path, "another file system"), (missing.path("none"), "No such file"),
      ] {
        let places = try FaultPlaces(settings: Self.settings(.moveTo, target))
        let messages = try Messages()
        let daemon = try places.start(launcher: messages.launcher)
        #expect(messages.count(containing: "cannot be moved as things are") == 1)
        #expect(messages.count(containing: reason) >= 1)
        try places.write(0..<20)
        try places.waitForRecords(20, of: daemon, within: 10)
        #expect(try daemon.stop() == .exited(0))
        #expect(messages.count(containing: "a recorded file cannot be moved") <= 1)
        #expect(FileSystem.exists(places.inDrop(FaultPlaces.name(0))))
      }
    }

    @Test("a state directory that is deleted is noticed, and nothing is lost by a restart")
    func stateDeleted() throws {
      let places = try FaultPlaces()
      let daemon = try places.start()
      try places.write(0..<3)
      try places.waitForRecords(3, of: daemon, within: 10)
      FileSystem.removeTree(places.state)
      // Nothing has to come for that.
      try daemon.waitForStatus(containing: "deleted, moved or replaced", within: 5)
      try places.write(3..<6)
      #expect(try daemon.stop(within: 30) == .exited(0))
      try FileSystem.makeDirectory(places.state)
      // A log that goes on where another state left off would have numbers twice.
      let refused = try places.launch()
      #expect(try refused.waitForExit() == .exited(74))
      #expect(refused.standardError.contains("move the log away"))
      try FileSystem.rename(places.log, to: places.base.path("old.jsonl"))
      let next = try places.start()
      try places.waitForRecords(6, of: next, within: 20)
      #expect(try next.stop() == .exited(0))
      #expect(try ClusterLogLines(at: places.log).brokenPromises == [])
    }

    @Test("a name of 255 bytes is moved as often as it comes")
    func longNames() throws {
      let target = try TemporaryDirectory()
      let places = try FaultPlaces(settings: Self.settings(.moveTo, target.path))
      let daemon = try places.start()
      let name = String(repeating: "n", count: 251) + ".txt"
      for round in 0..<3 {
        try places.base.deliver(Note.text(round), as: name)
        try places.waitForRecords(round + 1, of: daemon, within: 10)
        try Moving.wait(within: 10) { try FileSystem.names(in: target.path).count == round + 1 }
      }
      #expect(try daemon.stop() == .exited(0))
      #expect(try FileSystem.names(in: places.drop).isEmpty)
      #expect(try FileSystem.names(in: target.path).allSatisfy { $0.utf8.count <= 255 })
    }
  }
}
