// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Rotation")
  struct Rotation {
    enum Way: String, CaseIterable { case rename, renameLater, copyTruncate }

    @Test("twenty times under load: the parts have every seq once", arguments: Way.allCases)
    func underLoad(way: Way) throws {
      let rounds = Faults.isExtended ? 100 : 20
      var outcome = Outcome("rotation under load: \(way.rawValue)", rounds: rounds)
      let places = try FaultPlaces()
      let daemon = try places.start()
      var parts: [String] = []
      var total = 0
      for round in 0..<rounds {
        try places.write(total..<(total + 100))
        total += 100
        let part = places.log + ".\(rounds - round)"
        parts.append(part)
        switch way {
        case .rename:
          try FileSystem.rename(places.log, to: part)
          daemon.send(SIGHUP)
        case .renameLater:
          try FileSystem.rename(places.log, to: part)
          try places.write(total..<(total + 20))
          total += 20
          daemon.send(SIGHUP)
        case .copyTruncate:
          // copytruncate loses what is written between copy and truncation, as logrotate(8)
          // says; so this is done while the daemon does not run, and it goes on right after.
          daemon.send(SIGSTOP)
          try Self.waitUntilStopped(daemon.processID)
          try FileSystem.write(FileSystem.read(places.log), to: part)
          try FileSystem.truncate(places.log, to: 0)
          daemon.send(SIGCONT)
        }
        // The name is there again before it is taken away again.
        try places.write([total])
        total += 1
        try daemon.waitForLog("a line in the new file", within: 20) { !$0.all.isEmpty }
      }
      let start = MonotonicDeadline.microseconds()
      try daemon.waitForStatus(containing: "\(total) documents", within: 30)
      outcome.recovered(since: start)
      #expect(try daemon.stop() == .exited(0))
      var whole: [UInt8] = []
      for part in parts + [places.log] { whole += try FileSystem.read(part) }
      let last = try FileSystem.read(places.log)
      let joined = places.base.path("log/joined")
      try FileSystem.write(whole, to: joined)
      let lines = try ClusterLogLines(at: joined)
      #expect(lines.brokenPromises == [])
      #expect(lines.decided == total)
      // The next start finds nothing to mend.
      #expect(try places.launch(["--once"]).waitForExit(within: 20) == .exited(0))
      #expect(try FileSystem.read(places.log) == last)
      outcome.report("\(total) documents")
    }

    private static func waitUntilStopped(_ process: Int32) throws {
      let deadline = MonotonicDeadline(seconds: 5)
      while !deadline.hasPassed {
        let stat = String(decoding: try FileSystem.read("/proc/\(process)/stat"), as: UTF8.self)
        if stat.split(separator: ")").last?.split(separator: " ").first == "T" { return }
        sched_yield()
      }
      throw Overdue("process \(process) to stop", 5, found: "running")
    }
  }
}
