// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Kill")
  struct Kill {
    private static let rounds = Faults.isExtended ? 1_000 : 100

    /// Some documents are copies of others, so that clusters have something to lose.
    private static func text(_ number: Int, _ news: PseudoNews) -> [UInt8] {
      let text =
        number % 5 == 4
        ? news.copy(of: number - 1, words: 60) : news.article(number, words: 60)
      return Array(text.utf8)
    }

    @Test("kill −9 at random moments under load")
    func killed() throws {
      var outcome = Outcome("kill −9 under load", rounds: Self.rounds)
      let places = try FaultPlaces()
      let news = PseudoNews(seed: 77)
      var moments = SeededGenerator(seed: 4)
      var total = 0
      for _ in 0..<Self.rounds {
        let daemon = try places.launch()
        // The moment is a number of files and of records, and so anywhere from the start of the
        // process to the middle of a commit; sometimes it is before the daemon is ready.
        if Int.random(in: 0..<8, using: &moments) > 0 { try daemon.waitUntilReady() }
        let count = Int.random(in: 1...40, using: &moments)
        for number in total..<(total + count) {
          try places.base.deliver(Self.text(number, news), as: FaultPlaces.name(number))
        }
        total += count
        if Bool.random(using: &moments) {
          try places.waitForRecords(
            Int.random(in: (total - count / 2)...total, using: &moments), of: daemon, within: 20)
        }
        try daemon.killHard()
      }
      let start = MonotonicDeadline.microseconds()
      let last = try places.start()
      try places.waitForRecords(total, of: last, within: 30)
      outcome.recovered(since: start)
      #expect(try last.stop() == .exited(0))
      try outcome.check(places, paths: (0..<total).map(FaultPlaces.name))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.brokenPromises == [])
      try Self.expectSamePartition(lines, total: total, news)
      outcome.report("\(total) documents, \(lines.partition.count) clusters")
    }

    /// The clusters are those of a run that nobody disturbed, in the same order of arrival.
    private static func expectSamePartition(
      _ lines: ClusterLogLines, total: Int, _ news: PseudoNews
    ) throws {
      let calm = try FaultPlaces()
      let daemon = try calm.start()
      // In the order that the disturbed run recorded, since clusters may depend on it.
      let order = lines.assigned.map(\.path)
      for path in order {
        let number = Int(path.split(whereSeparator: { !$0.isNumber })[0]) ?? 0
        try calm.base.deliver(text(number, news), as: path)
      }
      try calm.waitForRecords(total, of: daemon, within: 60)
      #expect(try daemon.stop() == .exited(0))
      let undisturbed = try ClusterLogLines(at: calm.log)
      #expect(undisturbed.assigned.map(\.path) == order)
      #expect(undisturbed.partition == lines.partition)
      #expect(undisturbed.all.map(\.timeless) == lines.all.map(\.timeless))
    }
  }
}

extension Faults.Kill {
  @Test("kill −9 in the middle of a container")
  func killedInAContainer() throws {
    var random = SeededGenerator(seed: 9)
    let news = PseudoNews(seed: 78)
    let count = Faults.isExtended ? 100_000 : 2_000
    let shard = (0..<count).map { number -> String in
      // Some of what is recorded is that a line is damaged.
      if number % 50 == 7 { return "{\"text\": \"damaged line \(number)\n" }
      let text =
        number % 5 == 4
        ? news.copy(of: number - 1, words: 60) : news.article(number, words: 60)
      return "{\"text\": \"\(text.replacing("\n", with: " "))\"}\n"
    }
    let places = try FaultPlaces()
    try places.base.deliver(shard.joined().utf8, as: "shard.jsonl")
    var rounds = 0
    var decided = 0
    while decided < count {
      let daemon = try places.launch()
      rounds += 1
      let wanted = decided + Int.random(in: 1...count / 6, using: &random)
      try places.waitForRecords(min(count, wanted), of: daemon, within: 60)
      // A stop leaves it in the middle as well. Lines that the one before did not get out come
      // before signals are taken; until then SIGTERM ends it as it ends any process.
      if rounds.isMultiple(of: 3) {
        try daemon.waitUntilReady()
        #expect(try daemon.stop() == .exited(0))
      } else {
        try daemon.killHard()
      }
      decided = try ClusterLogLines(at: places.log).decided
    }
    let last = try places.start()
    // Where nothing is left, what comes then is the next record.
    try places.base.deliver(news.article(count).utf8, as: "z.txt")
    try places.waitForRecords(count + 1, of: last, within: 30)
    #expect(try last.stop() == .exited(0))
    let lines = try ClusterLogLines(at: places.log)
    #expect(lines.brokenPromises == [])
    let members = lines.all.filter { $0.isAssigned || $0.isSkipped }.map { $0.member ?? "" }
    #expect(members == (1...count).map { "line \($0)" } + [""])
    #expect(lines.skipped.count == count / 50)
    // The decisions are those of a run that nobody disturbed.
    let calm = try FaultPlaces()
    try calm.base.deliver(shard.joined().utf8, as: "shard.jsonl")
    #expect(try calm.base.runOnce(within: 60) == .exited(0))
    let undisturbed = try ClusterLogLines(at: calm.log)
    #expect(undisturbed.all.map(\.timeless) == lines.all.dropLast().map(\.timeless))
    print("| kill −9 in the middle of a container of \(count) | \(rounds) |")
  }
}
