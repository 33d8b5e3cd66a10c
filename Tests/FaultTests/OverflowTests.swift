// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Overflow", .tags(.overflow))
  struct Overflow {
    private static let burst = Faults.isExtended ? 100_000 : 18_000

    private static func expectFewScans(_ daemon: RunningDaemon, written seconds: Double) {
      let warnings = daemon.standardError.split(separator: "\n").count {
        $0.contains("event queue overflowed")
      }
      // One a minute, however many overflows there are.
      #expect(warnings <= 2 + Int(seconds / 60))
    }

    @Test("a burst of files", .privileged, arguments: [16_384, 16])
    func burst(queue: Int) throws {
      var outcome = Outcome("\(Self.burst) files in a burst, max_queued_events \(queue)")
      let places = try FaultPlaces()
      // The kernel takes the value when the daemon makes its instance.
      let daemon = try KernelSetting.queuedEvents.with(queue) { try places.start() }
      let start = MonotonicDeadline.microseconds()
      try places.write(0..<Self.burst)
      let written = MonotonicDeadline.microseconds()
      try places.waitForRecords(Self.burst, of: daemon, within: 240)
      outcome.recovered(since: written)
      Self.expectFewScans(daemon, written: Double(written - start) / 1e6)
      try Self.expectIdle(daemon)
      #expect(try daemon.stop(within: 30) == .exited(0))
      try outcome.check(places, paths: (0..<Self.burst).map(FaultPlaces.name))
      outcome.report("\(Self.burst * 1_000_000 / Int(written - start)) written/s")
    }

    @Test("files that come while it is stopped")
    func stopped() throws {
      let count = Faults.isExtended ? 50_000 : 20_000
      var outcome = Outcome("\(count) files while stopped (SIGSTOP)")
      let places = try FaultPlaces()
      let daemon = try places.start()
      daemon.send(SIGSTOP)
      try places.write(0..<count)
      let woken = MonotonicDeadline.microseconds()
      daemon.send(SIGCONT)
      try places.waitForRecords(count, of: daemon, within: 120)
      outcome.recovered(since: woken)
      #expect(daemon.standardError.contains("event queue overflowed"))
      try Self.expectIdle(daemon)
      try outcome.finish(daemon, places, paths: (0..<count).map(FaultPlaces.name))
    }

    /// When all is recorded, scans come to an end: soon two seconds take next to no processor time.
    /// One more may be due, because the queue has overflowed again during the last.
    static func expectIdle(_ daemon: RunningDaemon) throws {
      try daemon.waitForStatus(containing: "queue 0", within: 20)
      var spent = Double.infinity
      for _ in 0..<6 where spent >= 0.25 {
        let before = try ProcessFigures(of: daemon.processID).processorSeconds
        _ = try? daemon.waitForMessage("two quiet seconds", after: .max, within: 2) { _ in true }
        spent = try ProcessFigures(of: daemon.processID).processorSeconds - before
      }
      #expect(spent < 0.25)
    }
  }
}

extension Tag {
  /// The kernel's queue of events overflows.
  @Tag static var overflow: Self
}
