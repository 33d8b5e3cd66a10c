// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite("Restart", .tags(.durability), .timeLimit(.minutes(10)))
struct RestartTests {
  @Test("nothing is repeated, and what came while it was down is processed")
  func continues() throws {
    let places = try Workplace()
    let first = try places.start()
    for name in Fixtures.wireStory.prefix(3) {
      try places.deliver(Fixtures.wireStory(name), as: name)
    }
    try places.write([], to: "empty.txt")
    try first.waitForRecords(4)
    #expect(try first.stop() == .exited(0))

    try places.write(Fixtures.wireStory("d-shuffled.txt"), to: "night/d-shuffled.txt")
    let second = try places.start()
    try second.waitForRecords(5)
    try places.deliver(Fixtures.wireStory("e-other-agency.txt"), as: "e-other-agency.txt")
    let lines = try second.waitForRecords(6)
    #expect(try second.stop() == .exited(0))
    #expect(try places.lines().all.count == lines.all.count)
    #expect(lines.decided == 6)
    #expect(lines.partition.map(\.count).sorted() == [1, 4])
    try expectSound(lines)
  }

  @Test("files whose records are there are not read again")
  func readsNothingTwice() throws {
    let places = try Workplace()
    let news = PseudoNews(seed: 3)
    for number in 0..<20 { try places.write(news.article(number).utf8, to: "\(number).txt") }
    #expect(try places.runOnce() == .exited(0))
    let reads = try DirectoryChanges(of: places.drop, for: .reading)
    #expect(try places.runOnce() == .exited(0))
    // To open a file and look at its status is no reading; reading the directory has no name.
    #expect(reads.takeNames().filter { !$0.isEmpty } == [])
  }

  @Test("a kill while files are being dropped loses nothing and repeats nothing")
  func killedWhileDropping() throws {
    let places = try Workplace()
    let news = PseudoNews(seed: 7)
    let total = 2000
    var daemon = try places.start()
    for number in 0..<total {
      let text = number % 10 == 9 ? news.copy(of: number - 1, words: 120) : nil
      try places.deliver((text ?? news.article(number, words: 120)).utf8, as: "\(number).txt")
      if number % 600 == 300 {
        // Some are decided, others are on their way, and more follow while it is down.
        try daemon.waitForRecords(number / 2)
      } else if number % 600 == 400 {
        try daemon.killHard()
      } else if number % 600 == 450 {
        daemon = try places.launch()
      }
    }
    let lines = try daemon.waitForRecords(total, within: 20)
    #expect(try daemon.stop() == .exited(0))
    #expect(lines.assigned.count == total)
    #expect(Set(lines.assigned.map(\.path)).count == total)
    #expect(try places.lines().all.count == lines.all.count)
    try expectSound(lines)
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.count == lines.all.count)
  }

  @Test("a kill during --once, then --once, is as --once alone")
  func killedOnce() throws {
    let places = try Workplace()
    let untouched = try Workplace()
    let news = PseudoNews(seed: 13)
    for number in 1000..<1600 {
      let text = number % 4 == 3 ? news.copy(of: number - 1) : news.article(number)
      try places.write(text.utf8, to: "\(number).txt")
      try untouched.write(text.utf8, to: "\(number).txt")
    }
    let killed = try places.launch(["--once"])
    try killed.waitForRecords(50)
    try killed.killHard()
    #expect(try places.runOnce() == .exited(0))
    #expect(try untouched.runOnce() == .exited(0))
    #expect(try places.lines().all.map(\.timeless) == untouched.lines().all.map(\.timeless))
    try expectSound(try places.lines())
  }
}
