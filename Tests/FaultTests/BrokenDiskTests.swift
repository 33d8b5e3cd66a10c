// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Broken disk")
  struct BrokenDisk {
    enum Victim: String, CaseIterable { case log, state }

    @Test(
      "an input/output error ends it with 74 and a clear message", .loopMounts,
      arguments: Victim.allCases)
    func inputOutputError(victim: Victim) throws {
      var outcome = Outcome("EIO on the \(victim.rawValue)")
      let loop = try LoopFileSystem(megabytes: 24)
      let places = try FaultPlaces(
        state: victim == .state ? loop.path("state") : nil,
        log: victim == .log ? loop.path("log/clusters.jsonl") : nil)
      let daemon = try places.start()
      try places.write(0..<200)
      try places.waitForRecords(200, of: daemon, within: 20)
      try loop.cutPower()
      try places.write(200..<400)
      #expect(try daemon.waitForExit(within: 20) == .exited(74))
      #expect(daemon.standardError.contains(loop.path))
      #expect(daemon.standardError.contains("look at the kernel's messages about its disk"))
      try loop.mountAgain()
      let mended = MonotonicDeadline.microseconds()
      let next = try places.start()
      try places.waitForRecords(400, of: next, within: 20)
      outcome.recovered(since: mended)
      try outcome.finish(next, places, paths: (0..<400).map(FaultPlaces.name))
    }

    @Test("a file system that turned read-only is waited for, not fatal", .loopMounts)
    func readOnly() throws {
      var outcome = Outcome("log turned read-only, stop, mount anew")
      let loop = try LoopFileSystem(megabytes: 24)
      let places = try FaultPlaces(log: loop.path("log/clusters.jsonl"))
      let daemon = try places.start()
      try places.write(0..<100)
      try places.waitForRecords(100, of: daemon, within: 20)
      // What ext4 does by itself after an error, with errors=remount-ro.
      try Tool.run("mount", "-o", "remount,abort", loop.path)
      try places.write(100..<200)
      try daemon.waitForStatus(containing: "cannot write \(loop.path)", within: 20)
      #expect(try daemon.stop() == .exited(0))
      try loop.mountAgain()
      let mended = MonotonicDeadline.microseconds()
      let next = try places.start()
      try places.waitForRecords(200, of: next, within: 20)
      outcome.recovered(since: mended)
      try outcome.finish(next, places, paths: (0..<200).map(FaultPlaces.name))
    }

    @Test("a drop directory on a file system remounted read-only and back", .loopMounts)
    func readOnlyDrop() throws {
      var outcome = Outcome("drop directory remounted read-only and back")
      let loop = try LoopFileSystem(megabytes: 24)
      let places = try FaultPlaces(drop: loop.path("drop"))
      let daemon = try places.start()
      try places.write(0..<50)
      try Tool.run("mount", "-o", "remount,ro", loop.path)
      try places.waitForRecords(50, of: daemon, within: 20)
      try Tool.run("mount", "-o", "remount,rw", loop.path)
      let mended = MonotonicDeadline.microseconds()
      try places.write(50..<100)
      try places.waitForRecords(100, of: daemon, within: 20)
      outcome.recovered(since: mended)
      try outcome.finish(daemon, places, paths: (0..<100).map(FaultPlaces.name))
    }

    @Test("too few descriptors: nothing is lost or said to have vanished", .privileged)
    func descriptors() throws {
      var outcome = Outcome("EMFILE", rounds: 3)
      let places = try FaultPlaces()
      let messages = try Messages()
      let daemon = try places.start(launcher: messages.launcher)
      var total = 0
      for round in 0..<3 {
        try Self.limitDescriptors(
          of: daemon.processID, to: try Self.lowestFreeDescriptor(of: daemon.processID))
        try places.write(total..<(total + 300))
        // Inside a new directory, which can neither be listed nor watched now.
        try FileSystem.makeDirectory(places.inDrop("desk-\(round)"))
        try FileSystem.write(Note.text(total + 300), to: places.inDrop("desk-\(round)/note.txt"))
        total += 301
        if round == 0 { try messages.wait(for: "Too many open files") }
        let mended = MonotonicDeadline.microseconds()
        try Self.limitDescriptors(of: daemon.processID, to: 4096)
        try places.waitForRecords(total, of: daemon, within: 45)
        outcome.recovered(since: mended)
      }
      #expect((1...3).contains(messages.count(containing: "Too many open files")))
      #expect(try daemon.stop() == .exited(0))
      let paths = (0..<3).flatMap { round in
        (0..<300).map { FaultPlaces.name(round * 301 + $0) } + ["desk-\(round)/note.txt"]
      }
      try outcome.check(places, paths: paths)
      outcome.report()
    }

    /// With this limit the process can open nothing more: the lowest free number is what it gets.
    ///
    /// The least of several looks, since what it has open for a moment only is free again then.
    private static func lowestFreeDescriptor(of process: Int32) throws -> Int {
      try (0..<20).map { _ in
        let listing = try Tool.run("ls", "/proc/\(process)/fd")
        let used = Set(listing.split(separator: "\n").compactMap { Int($0) })
        return (3...).first { !used.contains($0) } ?? 3
      }.min() ?? 3
    }

    private static func limitDescriptors(of process: Int32, to limit: Int) throws {
      try Tool.run("prlimit", "--pid", "\(process)", "--nofile=\(limit):4096")
    }
  }
}
