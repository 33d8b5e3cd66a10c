// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// Where inotify sees nothing, polling finds everything.
  @Suite("Where inotify is blind")
  struct Blind {
    @Test("polling by configuration, and the status says so")
    func forced() throws {
      var outcome = Outcome("polling by configuration")
      let places = try FaultPlaces(
        settings: ["drop": "watch = \"poll\"\npoll-interval = \"300ms\""])
      let daemon = try places.start()
      try daemon.waitForStatus(containing: "polling \(places.drop) (drop.watch is \"poll\")")
      let start = MonotonicDeadline.microseconds()
      try places.write(0..<500)
      try FileSystem.makeDirectory(places.inDrop("a/b"))
      try FileSystem.write(Note.text(500), to: places.inDrop("a/b/note.txt"))
      try places.waitForRecords(501, of: daemon, within: 20)
      outcome.recovered(since: start)
      try FileSystem.append(Note.text(501), to: places.inDrop(FaultPlaces.name(0)))
      try places.waitForRecords(502, of: daemon, within: 10)
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.lines(for: FaultPlaces.name(0)).count == 2)
      #expect(lines.brokenPromises == [])
      #expect(try daemon.stop() == .exited(0))
      outcome.report()
    }

    @Test("polling by configuration is told of once, however often it polls")
    func toldOnce() throws {
      let places = try FaultPlaces(
        settings: ["drop": "watch = \"poll\"\npoll-interval = \"100ms\""])
      let messages = try Messages()
      let daemon = try places.start(launcher: messages.launcher)
      // Each is found by another poll.
      for number in 0..<6 {
        try places.write([number])
        try places.waitForRecords(number + 1, of: daemon, within: 10)
      }
      #expect(try daemon.stop() == .exited(0))
      #expect(messages.count(containing: "polling a drop directory") == 1)
    }

    @Test(
      "what changes behind a FUSE file system is found by polling, and the status says so",
      .privileged, .tool("bindfs"), .tool("fusermount3"))
    func userSpace() throws {
      try Self.withMount { behind, drop in
        var outcome = Outcome("write behind a FUSE file system")
        let places = try FaultPlaces(
          settings: ["drop": "poll-interval = \"300ms\""], drop: drop)
        let daemon = try places.start()
        let status = try daemon.waitForStatus(containing: "polling \(drop) (fuse")
        #expect(status.contains("changes made behind a FUSE file system are not reported"))
        let start = MonotonicDeadline.microseconds()
        for number in 0..<200 {
          try FileSystem.write(Note.text(number), to: "\(behind)/\(FaultPlaces.name(number))")
        }
        try places.waitForRecords(200, of: daemon, within: 20)
        outcome.recovered(since: start)
        try outcome.finish(daemon, places, paths: (0..<200).map(FaultPlaces.name))
      }
    }

    /// The kernel keeps for a second what the file system told of a file, size and times.
    @Test(
      "what is written in pieces behind a FUSE file system has one record when it is quiet",
      .privileged, .tool("bindfs"), .tool("fusermount3"))
    func userSpaceInPieces() throws {
      try Self.withMount { behind, drop in
        var outcome = Outcome("write in pieces behind a FUSE file system")
        let places = try FaultPlaces(
          settings: ["drop": "poll-interval = \"100ms\"\nsettle = \"500ms\""], drop: drop)
        let daemon = try places.start()
        _ = try daemon.waitForStatus(containing: "polling \(drop) (fuse")
        let names = (0..<10).map(FaultPlaces.name)
        for piece in 0..<6 {
          for (number, name) in names.enumerated() {
            let text = piece == 0 ? [] : Note.text(6 * number + piece)
            try FileSystem.append(text, to: "\(behind)/\(name)")
          }
          // The writer's own pace: longer than the polling and the settling, and much shorter than
          // the three seconds that a file must be quiet here.
          poll(nil, 0, 700)
        }
        let start = MonotonicDeadline.microseconds()
        try places.waitForRecords(names.count, of: daemon, within: 20)
        outcome.recovered(since: start)
        try outcome.finish(daemon, places, paths: names)
      }
    }

    /// Lends a directory and one that shows it through a file system in user space.
    private static func withMount(
      _ body: (_ behind: String, _ drop: String) throws -> Void
    ) throws {
      let base = try TemporaryDirectory()
      let (behind, drop) = (base.path("behind"), base.path("drop"))
      for directory in [behind, drop] { try FileSystem.makeDirectory(directory) }
      let server = try ChildProcess(
        "bindfs", ["-f", behind, drop], environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
      defer { _ = umount2(drop, Int32(MNT_DETACH)) }
      try waitUntilMounted(drop, by: server)
      try body(behind, drop)
    }

    private static func waitUntilMounted(_ path: String, by server: ChildProcess) throws {
      let deadline = MonotonicDeadline(seconds: 20)
      // Opened before the first look, so that no mount falls in between.
      let table = open("/proc/self/mounts", O_RDONLY | O_CLOEXEC)
      guard table >= 0 else { throw SystemCallFailure("open", "/proc/self/mounts") }
      defer { close(table) }
      while !deadline.hasPassed {
        let mounts = String(decoding: try FileSystem.read("/proc/self/mounts"), as: UTF8.self)
        if mounts.contains(" \(path) fuse") { return }
        // The table tells of each mount (proc(5)).
        var change = pollfd(fd: table, events: Int16(POLLPRI), revents: 0)
        poll(&change, 1, deadline.pollTimeout())
      }
      throw Overdue("a mount on \(path)", 20, found: server.standardError)
    }

    @Test("a write to the lower layer of an overlay is found by the rescan", .privileged)
    func lowerLayer() throws {
      var outcome = Outcome("write to an overlay's lower layer")
      // An overlay cannot lie on an overlay, which the temporary directory may be on.
      let small = try SmallFileSystem(kilobytes: 4000)
      for name in ["lower", "upper", "work", "drop"] {
        try FileSystem.makeDirectory(small.path(name))
      }
      let options =
        "lowerdir=\(small.path("lower")),upperdir=\(small.path("upper"))"
        + ",workdir=\(small.path("work"))"
      try Tool.run("mount", "-t", "overlay", "overlay", "-o", options, small.path("drop"))
      defer { _ = umount2(small.path("drop"), Int32(MNT_DETACH)) }
      let places = try FaultPlaces(
        settings: ["drop": "poll-interval = \"300ms\"\nrescan-interval = \"1s\""],
        drop: small.path("drop"))
      let daemon = try places.start()
      try places.write(0..<10)
      try places.waitForRecords(10, of: daemon, within: 10)
      let start = MonotonicDeadline.microseconds()
      try FileSystem.write(Note.text(10), to: small.path("lower/\(FaultPlaces.name(10))"))
      try places.waitForRecords(11, of: daemon, within: 10)
      outcome.recovered(since: start)
      try outcome.finish(daemon, places, paths: (0..<11).map(FaultPlaces.name))
    }
  }
}
