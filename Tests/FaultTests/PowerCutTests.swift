// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Power cut")
  struct PowerCut {
    private static let rounds = Faults.isExtended ? 50 : 6

    @Test("the disk goes away under load without flushing", .loopMounts)
    func cut() throws {
      var outcome = Outcome("power cut (FS_IOC_SHUTDOWN, no flush)", rounds: Self.rounds)
      let loop = try LoopFileSystem(megabytes: 96)
      let places = try FaultPlaces(
        state: loop.path("state"), log: loop.path("log/clusters.jsonl"))
      var moments = SeededGenerator(seed: 9)
      var total = 0
      for round in 0..<Self.rounds {
        let start = MonotonicDeadline.microseconds()
        let daemon = try places.start()
        if round > 0 {
          // What the disk kept is still there: nothing that a reader saw synced is taken back.
          try places.waitForRecords(total, of: daemon, within: 30)
          outcome.recovered(since: start)
        }
        let count = Int.random(in: 200...600, using: &moments)
        try places.write(total..<(total + count))
        total += count
        let awaited = Int.random(in: (total - count)...(total - count / 4), using: &moments)
        try places.waitForRecords(awaited, of: daemon, within: 30)
        // Everything but the last batch was synced before a later line could be seen.
        try loop.cutPower()
        try daemon.killHard()
        try loop.mountAgain()
        var kept = RecordCount(of: places.log)
        try kept.readOn()
        #expect(kept.decided >= awaited - 512)
        #expect(kept.gaps == 0)
      }
      let last = try places.start()
      try places.waitForRecords(total, of: last, within: 30)
      #expect(try last.stop() == .exited(0))
      try outcome.check(places, paths: (0..<total).map(FaultPlaces.name))
      outcome.report("\(total) documents")
    }
  }
}
