// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// What happens while documents are let go, and that none is for the wrong reason.
  @Suite("Sweeps")
  struct Sweeps {
    private static let rounds = Faults.isExtended ? 100 : 4
    private static let limit = 200
    private static let settings = ["retention": "documents = \(limit)"]
    private static let news = PseudoNews(seed: 81)

    /// Some are copies, which take the text of their originals over.
    private static func text(_ number: Int) -> [UInt8] {
      switch number % 5 {
      case 3: Array(news.article(number - 1, words: 60).utf8)
      case 4: Array(news.copy(of: number - 2, words: 60).utf8)
      default: Array(news.article(number, words: 60).utf8)
      }
    }

    private static func deliver(_ numbers: Range<Int>, to places: FaultPlaces) throws {
      for number in numbers {
        let staged = places.base.path("staging/next")
        try FileSystem.write(text(number), to: staged)
        try FileSystem.waitUntilNotWritten(staged)
        try FileSystem.rename(staged, to: places.inDrop(FaultPlaces.name(number)))
      }
    }

    @Test("kill −9 in the middle of sweeps, which go as if nothing had been")
    func killed() throws {
      var outcome = Outcome("kill −9 in the middle of a sweep", rounds: Self.rounds)
      let places = try FaultPlaces(settings: Self.settings)
      var moments = SeededGenerator(seed: 31)
      try Self.live(places, &outcome, &moments) { try $0.killHard() }
      try Self.finish(places, &outcome)
    }

    @Test("power cut in the middle of sweeps", .loopMounts)
    func powerCut() throws {
      var outcome = Outcome("power cut in the middle of a sweep", rounds: Self.rounds)
      let loop = try LoopFileSystem(megabytes: 64)
      let places = try FaultPlaces(
        settings: Self.settings, state: loop.path("state"), log: loop.path("log/clusters.jsonl"))
      var moments = SeededGenerator(seed: 32)
      try Self.live(places, &outcome, &moments) { daemon in
        try loop.cutPower()
        try daemon.killHard()
        try loop.mountAgain()
      }
      try Self.finish(places, &outcome)
    }

    private static var total: Int { 40 * rounds + limit }

    /// Delivers, and ends the daemon when some of it is recorded, again and again.
    private static func live(
      _ places: FaultPlaces, _ outcome: inout Outcome, _ moments: inout SeededGenerator,
      end: (RunningDaemon) throws -> Void
    ) throws {
      try deliver(0..<limit, to: places)
      for round in 0..<rounds {
        let start = MonotonicDeadline.microseconds()
        let daemon = try places.start()
        let before = limit + 40 * round
        try places.waitForRecords(before, of: daemon, within: 30)
        if round > 0 { outcome.recovered(since: start) }
        try deliver(before..<(before + 40), to: places)
        // A sweep comes with each fiftieth document, so that it is anywhere in four of five.
        let awaited = Int.random(in: before...(before + 40), using: &moments)
        try places.waitForRecords(awaited, of: daemon, within: 30)
        usleep(UInt32.random(in: 0...3_000, using: &moments))
        try end(daemon)
      }
    }

    /// The records are those of a run that nobody disturbed, in the same order of arrival.
    private static func finish(_ places: FaultPlaces, _ outcome: inout Outcome) throws {
      let last = try places.start()
      try places.waitForRecords(total, of: last, within: 30)
      #expect(try last.stop() == .exited(0))
      try outcome.check(places, paths: (0..<total).map(FaultPlaces.name))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.brokenPromises == [])
      let sweeps = lines.all.count { $0.event == "expired" }
      #expect(sweeps >= (total - limit) / (limit / 4) - 1)
      let verified = try places.neardup("verify")
      #expect(verified.exitStatus == .exited(0), "\(verified.standardOutput)")
      let calm = try FaultPlaces(settings: settings)
      let daemon = try calm.start()
      for path in lines.assigned.map(\.path) {
        let number = Int(path.split(whereSeparator: { !$0.isNumber })[0]) ?? 0
        try deliver(number..<(number + 1), to: calm)
      }
      try calm.waitForRecords(total, of: daemon, within: 60)
      #expect(try daemon.stop() == .exited(0))
      let undisturbed = try ClusterLogLines(at: calm.log)
      #expect(undisturbed.all.map(\.timeless) == lines.all.map(\.timeless))
      outcome.report("\(total) documents, \(sweeps) sweeps")
    }

    @Test("a full disk during sweeps", .privileged)
    func fullDisk() throws {
      let rounds = Faults.isExtended ? 20 : 1
      var outcome = Outcome("full disk during a sweep", rounds: rounds)
      let small = try SmallFileSystem(kilobytes: 12_000)
      let places = try FaultPlaces(
        settings: Self.settings, state: small.path("state"), log: small.path("log/clusters.jsonl"))
      let daemon = try places.start()
      try Self.deliver(0..<Self.limit, to: places)
      try places.waitForRecords(Self.limit, of: daemon, within: 30)
      var total = Self.limit
      for _ in 0..<rounds {
        let seen = daemon.messages.count
        var isFull = false
        for _ in 0..<20 where !isFull {
          try? Ballast(in: small.path).fill(leaving: 32 << 10)
          try Self.deliver(total..<(total + 60), to: places)
          total += 60
          let status = try daemon.waitForMessage("an answer", after: seen, within: 20) {
            guard let status = $0["STATUS"] else { return false }
            return status.contains("cannot write") || status.contains(" \(total) ")
              || status.contains("queue 0")
          }
          isFull = status.message["STATUS"]?.contains("cannot write") ?? false
        }
        try daemon.waitForStatus(containing: "cannot write", after: seen, within: 20)
        let freed = MonotonicDeadline.microseconds()
        try Ballast(in: small.path).makeRoom()
        try places.waitForRecords(total, of: daemon, within: 30)
        outcome.recovered(since: freed)
      }
      try outcome.finish(daemon, places, paths: (0..<total).map(FaultPlaces.name))
      #expect(try places.neardup("verify").exitStatus == .exited(0))
    }

    @Test("a clock set forward by a year, and back within a day, lets nothing go", .shiftedClock)
    func wrongYear() throws {
      var outcome = Outcome("clock set forward by a year, back and behind", rounds: 4)
      let (day, year) = (86_400, 31_536_000)
      let places = try FaultPlaces(settings: ["retention": "window = \"7d\""])
      let clock = try ShiftedClock()
      var total = 0
      var daemon = try places.start(environment: clock.environment)
      // The times at which documents come, and how the daemon is ended then; all in one day.
      let visits: [(at: Int, kill: Bool?)] = [
        (0, nil), (year, nil), (year + 3_600, true), (day / 2, nil), (year + day / 2, false),
        (-year, true), (day - 60, false), (year, true), (day - 30, nil),
      ]
      for (at, kill) in visits {
        try clock.set(at)
        try Self.deliver(total..<(total + 20), to: places)
        total += 20
        try places.waitForRecords(total, of: daemon, within: 20)
        guard let kill else { continue }
        if kill { try daemon.killHard() } else { #expect(try daemon.stop() == .exited(0)) }
        daemon = try places.start(environment: clock.environment)
      }
      #expect(try ClusterLogLines(at: places.log).all.allSatisfy { $0.event != "expired" })
      // But what is right goes on: after days without a jump the first ones go.
      for number in 1...12 {
        try clock.set(day + number * day * 9 / 10)
        try Self.deliver(total..<(total + 5), to: places)
        total += 5
        try places.waitForRecords(total, of: daemon, within: 20)
      }
      let expired = try ClusterLogLines(at: places.log).all.filter { $0.event == "expired" }
      #expect(expired.last?["because"]?.string == "window")
      try outcome.finish(daemon, places, paths: (0..<total).map(FaultPlaces.name))
      #expect(try places.neardup("verify").exitStatus == .exited(0))
    }

    @Test("files of expired documents that are still there are not recorded again")
    func filesThatStay() throws {
      var outcome = Outcome("files of expired documents in the drop directory", rounds: 4)
      let places = try FaultPlaces(
        settings: ["retention": "documents = 20", "drop": "rescan-interval = \"200ms\""])
      let total = 120
      var daemon = try places.start()
      try Self.deliver(0..<total, to: places)
      try places.waitForRecords(total, of: daemon, within: 20)
      for round in 0..<4 {
        try Noise.waitForScans(2, daemon, places)
        try FileSystem.touch(places.inDrop(FaultPlaces.name(round)))
        if round == 1 { try daemon.killHard() }
        if round == 2 { #expect(try daemon.stop() == .exited(0)) }
        if round == 1 || round == 2 { daemon = try places.start() }
      }
      try Noise.waitForScans(2, daemon, places)
      let living = try ClusterLogLines(at: places.log).all
      #expect(living.last { $0.event == "expired" }?["through"]?.integer ?? 0 >= total - 20)
      try outcome.finish(daemon, places, paths: (0..<total).map(FaultPlaces.name))
    }
  }
}
