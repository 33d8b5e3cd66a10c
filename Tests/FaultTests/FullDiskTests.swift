// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Full disk")
  struct FullDisk {
    /// What lies on the file system that fills up.
    enum Victim: String, CaseIterable {
      case log, state, both
    }

    /// The kind of file system: a tmpfs gives ENOSPC at once, ext4 may delay its blocks.
    enum Kind: String, CaseIterable { case tmpfs, ext4 }

    private static func warnings(_ daemon: RunningDaemon) -> Int {
      daemon.standardError.split(separator: "\n").count { $0.contains("cannot write") }
    }

    private static func isPartial(_ log: String) throws -> Bool {
      guard let last = try FileSystem.read(log).last else { return false }
      return last != UInt8(ascii: "\n")
    }

    @Test(
      "intake pauses, says so once, and goes on by itself", .loopMounts, arguments: Victim.allCases,
      Kind.allCases)
    func pausesAndResumes(victim: Victim, kind: Kind) throws {
      var outcome = Outcome("full disk: \(victim.rawValue) on \(kind.rawValue)", rounds: 3)
      let small = kind == .tmpfs ? try SmallFileSystem(kilobytes: 3000) : nil
      let loop = kind == .ext4 ? try LoopFileSystem(megabytes: 12) : nil
      let room = try #require(small?.path ?? loop?.path)
      let places = try FaultPlaces(
        state: victim == .log ? nil : "\(room)/state",
        log: victim == .state ? nil : "\(room)/log/clusters.jsonl")
      let daemon = try places.start()
      var total = 0
      for round in 1...3 {
        try small?.fill(leaving: 64 << 10)
        try loop?.fill(leaving: 64 << 10)
        let seen = daemon.messages.count
        try places.write(total..<(total + 800))
        total += 800
        let status = try daemon.waitForStatus(
          containing: "cannot write \(room)", after: seen, within: 20)
        #expect(status.contains("bytes") || status.contains("KiB") || status.contains("MiB"))
        #expect(try !Self.isPartial(places.log))
        #expect(Self.warnings(daemon) == round)
        let freed = MonotonicDeadline.microseconds()
        try small?.makeRoom()
        try loop?.makeRoom()
        try places.waitForRecords(total, of: daemon, within: 20)
        outcome.recovered(since: freed)
        try daemon.waitForMessage("STATUS without trouble", after: daemon.messages.count - 1) {
          $0["STATUS"]?.contains("cannot write") == false
        }
      }
      #expect(try daemon.stop() == .exited(0))
      try outcome.check(places, paths: (0..<total).map(FaultPlaces.name))
      outcome.report()
    }

    @Test("it stops and starts while the disk is full", .privileged)
    func stopsWhileFull() throws {
      var outcome = Outcome("full disk: stop, start, make room")
      let small = try SmallFileSystem(kilobytes: 2000)
      let places = try FaultPlaces(log: small.path("log/clusters.jsonl"))
      let first = try places.start()
      try small.fill(leaving: 32 << 10)
      try places.write(0..<600)
      try first.waitForStatus(containing: "cannot write", within: 20)
      #expect(try first.stop() == .exited(0))
      #expect(try !Self.isPartial(places.log))
      let refused = try places.launch()
      // It cannot make the log whole: a clear refusal that the service manager tries again.
      #expect(try refused.waitForExit(within: 10) == .exited(74))
      #expect(refused.standardError.contains("make room on its file system"))
      try small.makeRoom()
      let freed = MonotonicDeadline.microseconds()
      let second = try places.start()
      try places.waitForRecords(600, of: second, within: 20)
      outcome.recovered(since: freed)
      #expect(try second.stop() == .exited(0))
      try outcome.check(places, paths: (0..<600).map(FaultPlaces.name))
      outcome.report()
    }

    @Test("a rotation while the disk is full waits too", .privileged)
    func rotatedWhileFull() throws {
      var outcome = Outcome("full disk: rotation meanwhile")
      let small = try SmallFileSystem(kilobytes: 2000)
      let places = try FaultPlaces(log: small.path("log/clusters.jsonl"))
      let daemon = try places.start()
      try places.write(0..<10)
      try places.waitForRecords(10, of: daemon, within: 10)
      try small.fill(leaving: 0)
      try FileSystem.rename(places.log, to: places.log + ".1")
      daemon.send(SIGHUP)
      try places.write(10..<600)
      try daemon.waitForStatus(containing: "cannot write", within: 20)
      let freed = MonotonicDeadline.microseconds()
      try small.makeRoom()
      try daemon.waitForLog("all lines", within: 20) { $0.decided >= 590 }
      outcome.recovered(since: freed)
      #expect(try daemon.stop() == .exited(0))
      let whole = try ClusterLogLines(at: places.log + ".1", places.log)
      #expect(whole.brokenPromises == [])
      #expect(whole.decided == 600)
      outcome.report()
    }
  }
}
