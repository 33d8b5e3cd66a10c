// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Clock")
  struct Clock {
    @Test(
      "the wall clock set back and forward by a day while it runs", .shiftedClock)
    func steps() throws {
      let day = 86_400
      let steps = [-day, day, 0, -day, 0]
      var outcome = Outcome("wall clock set back and forward by a day", rounds: steps.count)
      let places = try FaultPlaces()
      let clock = try ShiftedClock()
      let daemon = try places.start(
        environment: clock.environment.merging(["WATCHDOG_USEC": "1000000"]) { $1 })
      var total = 0
      for step in steps {
        let set = MonotonicDeadline.microseconds()
        try clock.set(step)
        try places.write(total..<(total + 50))
        try FileSystem.makeDirectory(places.inDrop("desk-\(total)"))
        try FileSystem.write(Note.text(total + 50), to: places.inDrop("desk-\(total)/note.txt"))
        total += 51
        try places.waitForRecords(total, of: daemon, within: 10)
        outcome.recovered(since: set)
        let seen = daemon.messages.count
        try daemon.waitForMessage("WATCHDOG=1", after: seen, within: 5) { $0["WATCHDOG"] == "1" }
      }
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.brokenPromises == [])
      #expect(lines.assigned.count == total)
      // It did see the steps: the days differ.
      #expect(Set(lines.all.compactMap { $0["time"]?.string?.prefix(10) }).count >= 3)
      outcome.report()
    }
  }
}
