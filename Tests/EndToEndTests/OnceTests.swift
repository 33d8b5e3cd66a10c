// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("--once", .timeLimit(.minutes(10)))
struct OnceTests {
  /// Articles, copies of some of them, the wire story and some that are skipped.
  private func fill(_ places: Workplace) throws -> Int {
    let news = PseudoNews(seed: 23)
    var count = 0
    for number in 0..<120 {
      try places.write(news.article(number).utf8, to: "n\(number).txt")
      count += 1
      if number % 4 == 0 {
        try places.write(news.copy(of: number).utf8, to: "copies/\(number)/copy.txt")
        count += 1
      }
    }
    for name in Fixtures.wireStory {
      try places.write(Fixtures.wireStory(name), to: name)
      count += 1
    }
    try places.write([], to: "empty.txt")
    try places.write([0x50, 0, 0x4b, 3, 4, 0, 0], to: "binary.txt")
    return count + 2
  }

  @Test("files are taken in byte order of their relative paths", .tags(.acceptance))
  func byteOrder() throws {
    let places = try Workplace()
    let news = PseudoNews(seed: 31)
    let names = ["b.txt", "a/z.txt", "a.txt", "B.txt", "a/b/c.txt", "é.txt", "a-1.txt", "10", "9"]
    for (number, name) in names.enumerated() {
      try places.write(news.article(number).utf8, to: name)
    }
    #expect(try places.runOnce() == .exited(0))
    let sorted = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    #expect(try places.lines().assigned.map(\.path) == sorted)
  }

  @Test("the number of workers changes nothing but the time", .tags(.acceptance))
  func workers() throws {
    var records: [[JSONValue]] = []
    for workers in [1, 2, 5] {
      let places = try Workplace(settings: ["pipeline": "workers = \(workers)"])
      let count = try fill(places)
      #expect(try places.runOnce() == .exited(0))
      let lines = try places.lines()
      #expect(lines.decided == count)
      try expectSound(lines)
      records.append(lines.all.map(\.timeless))
    }
    #expect(records[0] == records[1])
    #expect(records[0] == records[2])
  }

  @Test(
    "nor do the limits of the pipeline, however small",
    arguments: ["queue = 1", "batch = 1", "batch = 10", "in-flight-bytes = \"16MiB\""])
  func limits(setting: String) throws {
    let large = try Workplace(settings: ["pipeline": "queue = 1000\nbatch = 1000"])
    let small = try Workplace(settings: ["pipeline": setting])
    let count = try fill(large)
    _ = try fill(small)
    #expect(try large.runOnce() == .exited(0))
    #expect(try small.runOnce() == .exited(0))
    let lines = try small.lines()
    #expect(lines.decided == count)
    #expect(try lines.all.map(\.timeless) == large.lines().all.map(\.timeless))
  }

  @Test("twice is once", .tags(.durability))
  func twice() throws {
    let places = try Workplace()
    _ = try fill(places)
    #expect(try places.runOnce() == .exited(0))
    let log = try FileSystem.read(places.log)
    #expect(try places.runOnce() == .exited(0))
    #expect(try FileSystem.read(places.log) == log)
  }

  @Test("in two parts is as in one, when the order is the same", .tags(.durability))
  func twoParts() throws {
    let whole = try Workplace()
    let parts = try Workplace()
    let news = PseudoNews(seed: 37)
    for number in 100..<160 {
      let text = number % 3 == 2 ? news.copy(of: number - 1) : news.article(number)
      try whole.write(text.utf8, to: "\(number).txt")
      try parts.write(text.utf8, to: "\(number).txt")
      if number == 131 { #expect(try parts.runOnce() == .exited(0)) }
    }
    #expect(try parts.runOnce() == .exited(0))
    #expect(try whole.runOnce() == .exited(0))
    #expect(try parts.lines().all.map(\.timeless) == whole.lines().all.map(\.timeless))
  }

  @Test("copies find their originals among other articles", .tags(.acceptance))
  func copies() throws {
    let places = try Workplace()
    let news = PseudoNews(seed: 41)
    var expected: Set<Set<String>> = []
    for number in 0..<150 {
      try places.write(news.article(number).utf8, to: "a\(number).txt")
      var cluster: Set = ["a\(number).txt"]
      if number % 5 == 0 {
        try places.write(news.copy(of: number).utf8, to: "b\(number).txt")
        cluster.insert("b\(number).txt")
      }
      expected.insert(cluster)
    }
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().partition == expected)
  }

  @Test("an empty drop directory is an empty log and success")
  func nothingToDo() throws {
    let places = try Workplace()
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.isEmpty)
  }

  @Test("nothing in the drop directory is changed", .tags(.acceptance))
  func readOnly() throws {
    let places = try Workplace()
    let text = try Fixtures.wireStory("a-site-copy.txt")
    try places.write(text, to: "story.txt")
    try FileSystem.setMode(places.inDrop("story.txt"), 0o444)
    let changes = try DirectoryChanges(of: places.drop)
    #expect(try places.runOnce() == .exited(0))
    #expect(changes.takeNames() == [])
    #expect(try FileSystem.read(places.inDrop("story.txt")) == text)
  }
}
