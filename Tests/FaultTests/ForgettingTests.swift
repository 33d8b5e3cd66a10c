// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Forgetting")
  struct Forgetting {
    private static let rounds = Faults.isExtended ? 100 : 12

    @Test("kill −9 while documents are forgotten")
    func killed() throws {
      var outcome = Outcome("kill −9 while documents are forgotten", rounds: Self.rounds)
      let places = try FaultPlaces()
      let news = PseudoNews(seed: 79)
      var random = SeededGenerator(seed: 12)
      let count = 6 * Self.rounds
      var daemon = try places.start()
      for number in 0..<count {
        // Some are copies, which take the text of their originals over.
        let text = news.article(number - number % 3 / 2, words: 60)
        try places.base.deliver(text.utf8, as: FaultPlaces.name(number))
      }
      try places.waitForRecords(count, of: daemon, within: 30)
      for round in 0..<Self.rounds {
        let names = [0, 3, 4].map { FaultPlaces.name(6 * round + $0) }
        let command = try places.beginNeardup(["forget"] + names)
        usleep(UInt32.random(in: 0...80_000, using: &random))
        try daemon.killHard()
        _ = try command.waitForExit(within: 30)
        let start = MonotonicDeadline.microseconds()
        daemon = try places.start()
        outcome.recovered(since: start)
        // All of them are gone, or none is.
        try places.expectAllForgottenOrNone(names)
      }
      let rescan = try places.neardup("rescan")
      #expect(rescan.exitStatus == .exited(0))
      try outcome.finish(daemon, places, paths: (0..<count).map(FaultPlaces.name))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.brokenPromises == [])
      #expect(lines.all.count { $0.event == "removed" } == 3 * Self.rounds)
      let verified = try places.neardup("verify")
      #expect(verified.exitStatus == .exited(0), "\(verified.standardOutput)")
    }
  }
}
