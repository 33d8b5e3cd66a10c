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
      #expect(try next.stop() == .exited(0))
      try outcome.check(places, paths: (0..<400).map(FaultPlaces.name))
      outcome.report()
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
      #expect(try next.stop() == .exited(0))
      try outcome.check(places, paths: (0..<200).map(FaultPlaces.name))
      outcome.report()
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
      #expect(try daemon.stop() == .exited(0))
      try outcome.check(places, paths: (0..<100).map(FaultPlaces.name))
      outcome.report()
    }

    @Test("too few descriptors: nothing is lost or said to have vanished", .privileged)
    func descriptors() throws {
      var outcome = Outcome("EMFILE", rounds: 3)
      let places = try FaultPlaces()
      let daemon = try places.start()
      var total = 0
      for _ in 0..<3 {
        let limit = rlimit(rlim_cur: 12, rlim_max: 4096)
        try Self.limitDescriptors(of: daemon.processID, to: limit)
        try places.write(total..<(total + 300))
        total += 300
        try daemon.waitForStatus(
          containing: "queue 3", after: daemon.messages.count, within: 10)
        let mended = MonotonicDeadline.microseconds()
        try Self.limitDescriptors(
          of: daemon.processID, to: rlimit(rlim_cur: 4096, rlim_max: 4096))
        try places.waitForRecords(total, of: daemon, within: 30)
        outcome.recovered(since: mended)
      }
      let told = daemon.standardError.split(separator: "\n").count {
        $0.contains("Too many open files")
      }
      #expect((1...12).contains(told))
      #expect(try daemon.stop() == .exited(0))
      try outcome.check(places, paths: (0..<total).map(FaultPlaces.name))
      outcome.report()
    }

    private static func limitDescriptors(of process: Int32, to limit: rlimit) throws {
      try Tool.run(
        "prlimit", "--pid", "\(process)", "--nofile=\(limit.rlim_cur):\(limit.rlim_max)")
    }
  }
}
