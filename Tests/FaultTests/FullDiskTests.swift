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

    /// The status that tells that all are recorded, or what keeps them from being.
    private static func outcome(
      of count: Int, _ daemon: RunningDaemon, after seen: Int
    ) throws -> String {
      let found = try daemon.waitForMessage("STATUS of \(count)", after: seen, within: 20) {
        guard let status = $0["STATUS"] else { return false }
        return status.contains("cannot write") || status.contains(": \(count) documents")
      }
      return found.message["STATUS"] ?? ""
    }

    @Test(
      "intake pauses, says so once, and goes on by itself", .loopMounts, arguments: Victim.allCases,
      Kind.allCases)
    func pausesAndResumes(victim: Victim, kind: Kind) throws {
      let rounds = Faults.isExtended ? 3 : 2
      var outcome = Outcome("full disk: \(victim.rawValue) on \(kind.rawValue)", rounds: rounds)
      let small = kind == .tmpfs ? try SmallFileSystem(kilobytes: 8000) : nil
      let loop = kind == .ext4 ? try LoopFileSystem(megabytes: 16) : nil
      let room = try #require(small?.path ?? loop?.path)
      let ballast = Ballast(in: room)
      let places = try FaultPlaces(
        state: victim == .log ? nil : "\(room)/state",
        log: victim == .state ? nil : "\(room)/log/clusters.jsonl")
      let daemon = try places.start()
      var total = 0
      for round in 1...rounds {
        let seen = daemon.messages.count
        var status = ""
        for _ in 0..<20 where !status.contains("cannot write") {
          // The write-ahead log of the state gives room back, which is taken as well.
          try ballast.fill(leaving: 64 << 10)
          try places.write(total..<(total + 100))
          total += 100
          status = try Self.outcome(of: total, daemon, after: seen)
        }
        #expect(status.contains("cannot write \(room)"))
        #expect(status.contains("bytes needed"))
        try places.write(total..<(total + 700))
        total += 700
        #expect(try !Self.isPartial(places.log))
        let freed = MonotonicDeadline.microseconds()
        try ballast.makeRoom()
        try places.waitForRecords(total, of: daemon, within: 20)
        outcome.recovered(since: freed)
        try daemon.waitForMessage("STATUS without trouble", after: daemon.messages.count - 1) {
          $0["STATUS"]?.contains("cannot write") == false
        }
        // Now: while it cannot write, the status may be there before the warning is.
        #expect(Self.warnings(daemon) == round)
      }
      try outcome.finish(daemon, places, paths: (0..<total).map(FaultPlaces.name))
    }

    @Test("a small disk with room for all that is kept is not filled", .privileged)
    func smallDisk() throws {
      var outcome = Outcome("disk of 2 MB: one document at a time")
      let small = try SmallFileSystem(kilobytes: 2000)
      let places = try FaultPlaces(
        state: small.path("state"), log: small.path("log/clusters.jsonl"))
      let daemon = try places.start()
      let count = LongForms.areAskedFor ? 500 : 100
      // A transaction takes 40 KB of the write-ahead log for 2 KB of state.
      try places.writeOneByOne(0..<count, to: daemon)
      #expect(Self.warnings(daemon) == 0)
      try outcome.finish(daemon, places, paths: (0..<count).map(FaultPlaces.name))
    }

    @Test("before the disk is full the write-ahead log gives back what it holds", .privileged)
    func givesRoomBack() throws {
      var outcome = Outcome("nearly full disk: the write-ahead log gives room back")
      let small = try SmallFileSystem(kilobytes: 8000)
      let places = try FaultPlaces(
        state: small.path("state"), log: small.path("log/clusters.jsonl"))
      let daemon = try places.start()
      try places.writeOneByOne(0..<30, to: daemon)
      // The log has a megabyte then, which is some 50 KB in the database; the text needs 200 KB.
      try Ballast(in: small.path).fill(leaving: 96 << 10)
      let long = FaultPlaces.name(30)
      try FileSystem.write(Note.text(30, words: 40_000), to: places.inDrop(long))
      try places.waitForRecords(31, of: daemon, within: 20)
      #expect(Self.warnings(daemon) == 0)
      try outcome.finish(daemon, places, paths: (0...30).map(FaultPlaces.name))
    }

    @Test("it stops and starts while the disk is full", .privileged)
    func stopsWhileFull() throws {
      var outcome = Outcome("full disk: stop, start, make room")
      let small = try SmallFileSystem(kilobytes: 2000)
      let places = try FaultPlaces(log: small.path("log/clusters.jsonl"))
      let first = try places.start()
      try Ballast(in: small.path).fill(leaving: 32 << 10)
      try places.write(0..<600)
      try first.waitForStatus(containing: "cannot write", within: 20)
      #expect(try first.stop() == .exited(0))
      #expect(try !Self.isPartial(places.log))
      let refused = try places.launch()
      // It cannot make the log whole: a clear refusal that the service manager tries again.
      #expect(try refused.waitForExit(within: 10) == .exited(74))
      #expect(refused.standardError.contains("make room on its file system"))
      try Ballast(in: small.path).makeRoom()
      let freed = MonotonicDeadline.microseconds()
      let second = try places.start()
      try places.waitForRecords(600, of: second, within: 20)
      outcome.recovered(since: freed)
      try outcome.finish(second, places, paths: (0..<600).map(FaultPlaces.name))
    }

    /// What a rotation gone wrong leaves under the log's name.
    enum Leftover: String, CaseIterable { case noDirectory, foreignFile, directory, link }

    @Test("a log that cannot be opened again is waited for", arguments: Leftover.allCases)
    func rotatedWrongly(leftover: Leftover) throws {
      var outcome = Outcome("after a rotation the log is: \(leftover.rawValue)")
      let places = try FaultPlaces()
      let daemon = try places.start()
      let directory = places.base.path("log")
      try places.write(0..<10)
      try places.waitForRecords(10, of: daemon, within: 10)
      let old = places.base.path("old.jsonl")
      try FileSystem.rename(places.log, to: old)
      switch leftover {
      case .noDirectory: FileSystem.removeTree(directory)
      case .foreignFile: try FileSystem.write("not a record\n".utf8, to: places.log)
      case .directory: try FileSystem.makeDirectory(places.log)
      case .link: try FileSystem.makeSymbolicLink(at: places.log, to: "/dev/null")
      }
      daemon.send(SIGHUP)
      try places.write(10..<20)
      try daemon.waitForStatus(containing: "cannot write \(places.log)", within: 10)
      FileSystem.removeTree(places.log)
      try FileSystem.makeDirectory(directory)
      let mended = MonotonicDeadline.microseconds()
      try places.waitForRecords(10, of: daemon, within: 10)
      outcome.recovered(since: mended)
      #expect(try daemon.stop() == .exited(0))
      let whole = try ClusterLogLines(at: old, places.log)
      #expect(whole.brokenPromises == [])
      #expect(whole.decided == 20)
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
      try Ballast(in: small.path).fill(leaving: 0)
      try FileSystem.rename(places.log, to: places.log + ".1")
      daemon.send(SIGHUP)
      try places.write(10..<600)
      try daemon.waitForStatus(containing: "cannot write", within: 20)
      let freed = MonotonicDeadline.microseconds()
      try Ballast(in: small.path).makeRoom()
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
