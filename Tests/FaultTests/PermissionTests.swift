// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

extension Faults {
  /// Permissions that come and go, and what was recorded stays.
  @Suite("Permissions", .privileged)
  struct Permissions {
    @Test("a recorded file that may not be read for a while is no new work")
    func recordedFile() throws {
      let places = try FaultPlaces()
      let daemon = try places.start(launcher: Kinds.bound)
      try places.write([0])
      try places.waitForRecords(1, of: daemon, within: 10)
      try FileSystem.setMode(places.inDrop(FaultPlaces.name(0)), 0)
      // Whose record is there when the file before it was looked at.
      try places.write([1])
      try places.waitForRecords(2, of: daemon, within: 10)
      try FileSystem.setMode(places.inDrop(FaultPlaces.name(0)), 0o644)
      try places.write([2])
      try places.waitForRecords(3, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.all.map(\.event) == ["assigned", "assigned", "assigned"])
      #expect(lines.all.map(\.path) == (0..<3).map(FaultPlaces.name))
    }

    @Test("a file that is deleted while it may not be read is forgotten")
    func deleted() throws {
      let places = try FaultPlaces(settings: ["drop": "on-delete = \"forget\""])
      let daemon = try places.start(launcher: Kinds.bound)
      try places.write([0])
      try places.waitForRecords(1, of: daemon, within: 10)
      try FileSystem.setMode(places.inDrop(FaultPlaces.name(0)), 0)
      try places.write([1])
      try places.waitForRecords(2, of: daemon, within: 10)
      try FileSystem.remove(places.inDrop(FaultPlaces.name(0)))
      let lines = try daemon.waitForLog("a removed file") { $0.all.count == 3 }
      #expect(lines.all.last?.event == "removed")
      #expect(lines.all.last?.document == 1)
      #expect(try daemon.stop() == .exited(0))
    }

    @Test(
      "a directory that may be listed and not searched is told of, not each file in it")
    func listedOnly() throws {
      let places = try FaultPlaces(settings: ["drop": "rescan-interval = \"1s\""])
      try FileSystem.makeDirectory(places.inDrop("desk"))
      try FileSystem.write(Note.text(1), to: places.inDrop("desk/a.txt"))
      try FileSystem.setMode(places.inDrop("desk"), 0o444)
      let messages = try Messages()
      let daemon = try places.start(launcher: messages.launcher + Kinds.bound)
      try messages.wait(for: "cannot list a directory")
      try Noise.waitForScans(2, daemon, places)
      #expect(try ClusterLogLines(at: places.log).all.isEmpty)
      try FileSystem.setMode(places.inDrop("desk"), 0o755)
      try places.waitForRecords(1, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
      #expect(try ClusterLogLines(at: places.log).all.map(\.event) == ["assigned"])
    }

    @Test(
      "what lands in a watched directory while it may not be searched is found afterwards",
      arguments: [0, 0o444])
    func closedForAWhile(mode: UInt32) throws {
      let places = try FaultPlaces()
      try FileSystem.makeDirectory(places.inDrop("desk"))
      try FileSystem.write(Note.text(1), to: places.inDrop("desk/a.txt"))
      let daemon = try places.start(launcher: Kinds.bound)
      try places.waitForRecords(1, of: daemon, within: 10)
      try FileSystem.setMode(places.inDrop("desk"), mode)
      try FileSystem.write(Note.text(2), to: places.inDrop("desk/b.txt"))
      try places.write([3])
      try places.waitForRecords(2, of: daemon, within: 10)
      try FileSystem.setMode(places.inDrop("desk"), 0o755)
      try places.waitForRecords(3, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.assigned.map(\.path) == ["desk/a.txt", FaultPlaces.name(3), "desk/b.txt"])
      #expect(lines.skipped.isEmpty)
    }

    @Test("a drop directory that may be listed and not searched is missing")
    func dropListedOnly() throws {
      let places = try FaultPlaces()
      let daemon = try places.start(launcher: Kinds.bound)
      try FileSystem.setMode(places.drop, 0o444)
      try daemon.waitForStatus(containing: "missing \(places.drop) (Permission denied)")
      try places.write(0..<5)
      try FileSystem.setMode(places.drop, 0o755)
      try places.waitForRecords(5, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.skipped.isEmpty)
      try FileSystem.setMode(places.drop, 0o444)
      let next = try places.start(launcher: Kinds.bound)
      try next.waitForStatus(containing: "missing \(places.drop) (Permission denied)")
      #expect(try next.stop() == .exited(0))
    }

    @Test(
      "files in a directory that may not be entered are not taken for deleted",
      arguments: [0, 0o444])
    func notForgotten(mode: UInt32) throws {
      let places = try FaultPlaces(
        settings: ["drop": "on-delete = \"forget\"\nrescan-interval = \"1s\""])
      try FileSystem.makeDirectory(places.inDrop("desk"))
      try FileSystem.write(Note.text(1), to: places.inDrop("desk/a.txt"))
      let messages = try Messages()
      let daemon = try places.start(launcher: messages.launcher + Kinds.bound)
      try places.waitForRecords(1, of: daemon, within: 10)
      try FileSystem.setMode(places.inDrop("desk"), mode)
      // A scan later, the look for deleted files that follows each is done.
      try messages.wait(for: "cannot list a directory")
      try Noise.waitForScans(2, daemon, places)
      try FileSystem.setMode(places.inDrop("desk"), 0o755)
      #expect(try daemon.stop() == .exited(0))
      #expect(try ClusterLogLines(at: places.log).all.map(\.event) == ["assigned"])
    }
  }
}
