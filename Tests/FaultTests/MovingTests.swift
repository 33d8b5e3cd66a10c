// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// `after = "move-to"` beside others who write and move.
  @Suite("Moving")
  struct Moving {
    private static func settings(_ target: String) -> [String: String] {
      ["drop": "after = \"move-to\"\nmove-to = \"\(target)\""]
    }

    /// No lease on the files of others, as a service's user has none.
    private static let leaseless = ["setpriv", "--bounding-set=-lease"]
    private static let uploader: uid_t = 54_325

    @Test("two daemons that move into one directory lose nothing")
    func twoMovers() throws {
      var outcome = Outcome("two daemons that move into one directory")
      let target = try TemporaryDirectory()
      let places = try (0..<2).map { _ in try FaultPlaces(settings: Self.settings(target.path)) }
      let daemons = try places.map { try $0.start() }
      let files = 1_000
      for number in 0..<files {
        for (index, place) in places.enumerated() {
          let staged = place.base.path("outside/next")
          try FileSystem.write(Note.text(2 * number + index), to: staged)
          try FileSystem.rename(staged, to: place.inDrop(FaultPlaces.name(number)))
        }
      }
      for (daemon, place) in zip(daemons, places) {
        try place.waitForRecords(files, of: daemon, within: 60)
      }
      try Self.wait { try FileSystem.names(in: target.path).count == 2 * files }
      for daemon in daemons { #expect(try daemon.stop() == .exited(0)) }
      for place in places { try outcome.check(place, paths: (0..<files).map(FaultPlaces.name)) }
      outcome.report()
    }

    @Test("an upload of somebody else that stalls is neither read half nor moved away", .privileged)
    func stalledUpload() throws {
      let target = try TemporaryDirectory()
      let places = try FaultPlaces(settings: Self.settings(target.path))
      let daemon = try places.start(launcher: Self.leaseless)
      let upload = open(places.inDrop("up.txt"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      try #require(upload >= 0 && fchown(upload, Self.uploader, Self.uploader) == 0)
      let (first, second) = (Note.text(1, words: 50), Note.text(2, words: 50))
      #expect(write(upload, first, first.count) == first.count)
      // The writer's own pace.
      poll(nil, 0, 3_000)
      #expect(FileSystem.exists(places.inDrop("up.txt")))
      #expect(write(upload, second, second.count) == second.count)
      close(upload)
      try places.waitForRecords(1, of: daemon, within: 10)
      try Self.wait { FileSystem.exists(target.path("up.txt")) }
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.assigned.map { $0["words"]?.integer } == [100])
    }

    @Test("a file that is written on after it was moved is put back and read again", .privileged)
    func grownAfterTheMove() throws {
      let target = try TemporaryDirectory()
      let places = try FaultPlaces(settings: Self.settings(target.path))
      // Written elsewhere, renamed while it is open: complete, as far as anybody can tell.
      let staged = places.base.path("outside/next")
      let writer = open(staged, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      try #require(writer >= 0 && fchown(writer, Self.uploader, Self.uploader) == 0)
      let (first, second) = (Note.text(1, words: 50), Note.text(2, words: 50))
      #expect(write(writer, first, first.count) == first.count)
      let daemon = try places.start(launcher: Self.leaseless)
      try FileSystem.rename(staged, to: places.inDrop("a.txt"))
      try Self.wait { FileSystem.exists(target.path("a.txt")) }
      #expect(write(writer, second, second.count) == second.count)
      close(writer)
      _ = try daemon.waitForLog("all of it", within: 20) { lines in
        lines.assigned.contains { $0["words"]?.integer == 100 }
      }
      #expect(try daemon.stop() == .exited(0))
    }

    @Test("a target that leads into the drop directory by a link is refused")
    func intoItselfByLink() throws {
      let link = try TemporaryDirectory()
      let places = try FaultPlaces(settings: Self.settings(link.path("target")))
      try FileSystem.makeDirectory(places.inDrop("sub"))
      try FileSystem.makeSymbolicLink(at: link.path("target"), to: places.inDrop("sub"))
      let daemon = try places.launch()
      #expect(try daemon.waitForExit() == .exited(78))
      #expect(daemon.standardError.contains("leads into the drop directory"))
    }

    @Test("a target that comes to lie in the drop directory later feeds nothing")
    func intoItselfLater() throws {
      let link = try TemporaryDirectory()
      try FileSystem.makeDirectory(link.path("elsewhere"))
      try FileSystem.makeSymbolicLink(at: link.path("target"), to: link.path("elsewhere"))
      let places = try FaultPlaces(settings: Self.settings(link.path("target")))
      try FileSystem.makeDirectory(places.inDrop("sub"))
      let messages = try Messages()
      let daemon = try places.start(launcher: messages.launcher)
      try FileSystem.makeSymbolicLink(at: link.path("new"), to: places.inDrop("sub"))
      try FileSystem.rename(link.path("new"), to: link.path("target"))
      // Beyond the time for which the target is taken to be as it was.
      poll(nil, 0, 2_100)
      try places.write([1])
      try messages.wait(for: "leads into a drop directory")
      try places.waitForRecords(1, of: daemon, within: 10)
      #expect(FileSystem.exists(places.inDrop(FaultPlaces.name(1))))
      #expect(try daemon.stop() == .exited(0))
      #expect(try ClusterLogLines(at: places.log).assigned.count == 1)
    }

    /// Waits for what no event tells.
    static func wait(within seconds: Double = 30, until isSo: () throws -> Bool) throws {
      let deadline = MonotonicDeadline(seconds: seconds)
      while try !isSo() {
        if deadline.hasPassed { throw Overdue("a change", seconds, found: "") }
        poll(nil, 0, 20)
      }
    }
  }
}
