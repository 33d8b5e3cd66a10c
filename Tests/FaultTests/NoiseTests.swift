// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// What stays as it is is neither read, nor told of, nor recorded again.
  @Suite("Noise")
  struct Noise {
    private static let polling = ["drop": "watch = \"poll\"\npoll-interval = \"100ms\""]

    /// How many scans have ended.
    static func scans(_ places: FaultPlaces) throws -> Int {
      let run = try places.base.neardup(["status", "--json", "--state-directory", places.state])
      let found = run.standardOutput.firstMatch(of: /"scans"\s*:\s*(\d+)/)
      return found.flatMap { Int($0.1) } ?? 0
    }

    /// Waits for some scans more.
    static func waitForScans(_ count: Int, _ daemon: RunningDaemon, _ places: FaultPlaces) throws {
      let before = try scans(places)
      try Moving.wait { try scans(places) >= before + count }
    }

    private func bytesRead(by process: Int32) throws -> Int {
      let text = String(decoding: try FileSystem.read("/proc/\(process)/io"), as: UTF8.self)
      return text.firstMatch(of: /rchar: (\d+)/).flatMap { Int($0.1) } ?? 0
    }

    @Test("files that were skipped are not read again by each poll")
    func skippedOnce() throws {
      let places = try FaultPlaces(settings: Self.polling)
      for number in 0..<20 {
        let bytes = [UInt8](repeating: 0, count: 500_000)
        try FileSystem.write(bytes, to: places.inDrop("image-\(number)"))
      }
      let daemon = try places.start()
      try places.waitForRecords(20, of: daemon, within: 20)
      try Self.waitForScans(3, daemon, places)
      let before = try bytesRead(by: daemon.processID)
      try Self.waitForScans(10, daemon, places)
      #expect(try bytesRead(by: daemon.processID) - before < 5_000_000)
      // What changes is read.
      try FileSystem.write(Note.text(1), to: places.inDrop("image-0"))
      try places.waitForRecords(21, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
    }

    @Test("many documents that are polled cost an idle daemon little")
    func polledDocuments() throws {
      let (documents, seconds) = Faults.isExtended ? (50_000, 20) : (5_000, 2)
      var outcome = Outcome("\(documents) documents under polling, every 2 s")
      let places = try FaultPlaces(settings: ["drop": "watch = \"poll\""])
      let paths = (0..<documents).map { "d\($0 / 500)/\($0).txt" }
      for directory in 0...documents / 500 {
        try FileSystem.makeDirectory(places.inDrop("d\(directory)"))
      }
      for (number, path) in paths.enumerated() {
        try FileSystem.write(Note.text(number, words: 8), to: places.inDrop(path))
      }
      let daemon = try places.start()
      try places.waitForRecords(documents, of: daemon, within: 120)
      try Self.waitForScans(2, daemon, places)
      let before = try ProcessFigures(of: daemon.processID).processorSeconds
      sleep(UInt32(seconds))
      let used = try ProcessFigures(of: daemon.processID).processorSeconds - before
      #expect(used < 0.4 * Double(seconds))
      #expect(try daemon.stop(within: 30) == .exited(0))
      try outcome.check(places, paths: paths)
      outcome.report("\(used) s of processor in \(seconds) s")
    }

    @Test("a directory that cannot be listed is told of once, and once when it can be")
    func unlistable() throws {
      let places = try FaultPlaces(settings: Self.polling)
      for name in ["one", "two"] {
        try FileSystem.makeDirectory(places.inDrop(name))
        try FileSystem.setMode(places.inDrop(name), 0)
      }
      let messages = try Messages()
      let daemon = try places.start(launcher: messages.launcher + Kinds.bound)
      try messages.wait(for: "cannot list a directory", count: 2)
      try Self.waitForScans(5, daemon, places)
      #expect(messages.count(containing: "cannot list a directory") == 2)
      for name in ["one", "two"] { try FileSystem.setMode(places.inDrop(name), 0o755) }
      try messages.wait(for: "can be listed again", count: 2)
      #expect(try daemon.stop() == .exited(0))
    }

    @Test("a sub-directory that is in use is told of once")
    func directoryInUse() throws {
      let places = try FaultPlaces()
      try FileSystem.write(
        "[drop]\nrecursive = false\nrescan-interval = \"100ms\"\n".utf8,
        to: places.base.configuration)
      try FileSystem.makeDirectory(places.inDrop("done"))
      let daemon = try places.start()
      for number in 0..<4 {
        try FileSystem.write(Note.text(number), to: places.inDrop("done/\(number)"))
        try Self.waitForScans(2, daemon, places)
      }
      try places.write([1])
      try places.waitForRecords(2, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
      #expect(try ClusterLogLines(at: places.log).lines(for: "done").count == 1)
    }

    @Test("a directory that is renamed while it is scanned has no records under the old name")
    func renamedDuringScan() throws {
      let outcome = Outcome("a directory renamed while it is scanned")
      let places = try FaultPlaces()
      let files = 1_000
      try FileSystem.makeDirectory(places.inDrop("a"))
      for number in 0..<files {
        try FileSystem.write(Note.text(number), to: places.inDrop("a/\(number)"))
      }
      let daemon = try places.launch()
      try Moving.wait {
        guard FileSystem.exists(places.log) else { return false }
        return try !FileSystem.read(places.log).isEmpty
      }
      try FileSystem.rename(places.inDrop("a"), to: places.inDrop("b"))
      // What had its record before has another one, under the new name.
      _ = try daemon.waitForLog("all of b", within: 60) { lines in
        lines.assigned.count { $0.path.hasPrefix("b/") } == files
      }
      #expect(try daemon.stop(within: 30) == .exited(0))
      #expect(try ClusterLogLines(at: places.log).skipped.isEmpty)
      outcome.report()
    }

    @Test("without inotify instances polling goes on, and auto falls back to it", .privileged)
    func noInstances() throws {
      var outcome = Outcome("no inotify instance left")
      for watch in ["poll", "auto"] {
        let places = try FaultPlaces(
          settings: ["drop": "watch = \"\(watch)\"\npoll-interval = \"100ms\""])
        let nobody = ["unshare", "--user", "--map-root-user", "sh", "-c"]
        let launcher =
          nobody + ["echo 0 >/proc/sys/user/max_inotify_instances; exec \"$@\"", "sh"]
        let daemon = try places.start(launcher: launcher)
        try daemon.waitForStatus(containing: "polling \(places.drop)")
        try places.write(0..<3)
        try places.waitForRecords(3, of: daemon, within: 10)
        try outcome.finish(daemon, places, paths: (0..<3).map(FaultPlaces.name))
      }
    }

    @Test("without /proc, from which the options come, it says so and ends", .privileged)
    func noProc() throws {
      let places = try FaultPlaces()
      let hidden = [
        "unshare", "--mount", "sh", "-c", "mount -t tmpfs none /proc; exec \"$@\"", "sh",
      ]
      let daemon = try places.launch(launcher: hidden)
      #expect(try daemon.waitForExit() == .exited(74))
      #expect(daemon.standardError.contains("/proc is not there"))
    }

    @Test("files and directories that are exchanged are all read", .privileged)
    func exchanged() throws {
      let outcome = Outcome("RENAME_EXCHANGE of files and directories")
      let places = try FaultPlaces(settings: ["drop": "rescan-interval = \"0\""])
      try FileSystem.makeDirectory(places.inDrop("x"))
      try FileSystem.makeDirectory(places.inDrop(".y"))
      try FileSystem.write(Note.text(1), to: places.inDrop("a.txt"))
      try FileSystem.write(Note.text(2), to: places.inDrop("b.txt"))
      try FileSystem.write(Note.text(3), to: places.inDrop(".staged"))
      try FileSystem.write(Note.text(4), to: places.inDrop(".y/c.txt"))
      let daemon = try places.start()
      try places.waitForRecords(2, of: daemon, within: 10)
      for (left, right, count) in [(".staged", "a.txt", 3), ("a.txt", "b.txt", 5), ("x", ".y", 6)] {
        try Exchange.make(places.inDrop(left), places.inDrop(right))
        try places.waitForRecords(count, of: daemon, within: 10)
      }
      // The directory that came is watched.
      try FileSystem.write(Note.text(5), to: places.inDrop("x/d.txt"))
      try places.waitForRecords(7, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.skipped.isEmpty)
      #expect(
        ["a.txt", "b.txt", "x/c.txt", "x/d.txt"].map { lines.lines(for: $0).count } == [3, 2, 1, 1])
      outcome.report()
    }
  }
}

/// renameat2(2) with RENAME_EXCHANGE, which the Glibc module does not have.
enum Exchange {
  private typealias Call =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

  static func make(_ left: String, _ right: String) throws {
    let symbol = dlsym(nil, "renameat2")
    guard let symbol else { throw SystemCallFailure("renameat2", left) }
    let call = unsafeBitCast(symbol, to: Call.self)
    guard call(AT_FDCWD, left, AT_FDCWD, right, 2) == 0 else {
      throw SystemCallFailure("renameat2", left)
    }
  }
}
