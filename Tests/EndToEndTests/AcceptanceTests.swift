// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Acceptance", .tags(.acceptance), .timeLimit(.minutes(10)))
struct AcceptanceTests {
  /// The same twelve of the 120 orders in every run.
  static let orders: [[String]] = {
    var generator = SeededGenerator(seed: 2)
    var orders: Set<[String]> = [Fixtures.wireStory, Fixtures.wireStory.reversed()]
    while orders.count < 12 { orders.insert(Fixtures.wireStory.shuffled(using: &generator)) }
    return orders.sorted { $0.joined() < $1.joined() }
  }()

  static let story: Set<Set<String>> = [
    Set(Fixtures.wireStory.dropLast()), [Fixtures.wireStory.last!],
  ]

  @Test("four copies of a wire story are one cluster, another agency's is not", arguments: orders)
  func liveOrder(order: [String]) throws {
    let places = try Workplace()
    let daemon = try places.start()
    for (index, name) in order.enumerated() {
      try places.deliver(Fixtures.wireStory(name), as: name)
      try daemon.waitForRecords(index + 1)
    }
    try daemon.waitForStatus(
      containing: "watching 1 directory: 5 documents, 2 clusters in 1 story, queue 0")
    #expect(try daemon.stop() == .exited(0))
    let lines = try places.lines()
    #expect(lines.partition == Self.story)
    #expect(lines.storyPartition.count == 1)
    #expect(lines.assigned.map(\.path) == order)
    try expectSound(lines)
  }

  @Test("--once finds the same in each order", arguments: orders)
  func onceOrder(order: [String]) throws {
    let places = try Workplace()
    for (index, name) in order.enumerated() {
      try places.write(Fixtures.wireStory(name), to: "\(index)-\(name)")
    }
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines()
    let partition = lines.partition.map { Set($0.map { String($0.dropFirst(2)) }) }
    #expect(Set(partition) == Self.story)
    try expectSound(lines)
  }

  @Test("each near-duplicate says what it was compared with and how alike they are")
  func explained() throws {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines()
    for line in lines.assigned where line["relation"]?.string != "first" {
      let match = try #require(line["match"])
      let other = try #require(lines.assigned.first { $0.document == match["document"]?.integer })
      #expect(other.path == match["path"]?.string)
      #expect(try #require(other.document) < (try #require(line.document)))
      #expect(try #require(match["resemblance"]?.number) > 0)
      let containment = try #require(match["containment"]?.number)
      #expect(containment >= (try #require(match["resemblance"]?.number)))
      #expect(try #require(match["shared"]?.integer) > 0)
    }
  }

  @Test("the same bytes under another name are identical")
  func identical() throws {
    let places = try Workplace()
    let text = try Fixtures.wireStory("a-site-copy.txt")
    try places.write(text, to: "one.txt")
    try places.write(text, to: "two.txt")
    #expect(try places.runOnce() == .exited(0))
    let second = try #require(try places.lines().assigned.last)
    #expect(second["relation"]?.string == "identical")
    #expect(second["match"]?["document"]?.integer == 1)
    #expect(second["match"]?["resemblance"]?.number == 1)
    #expect(second["match"]?["containment"]?.number == 1)
  }

  @Test("pages that share only their site's frame are not one cluster", arguments: [false, true])
  func boilerplate(reversed: Bool) throws {
    let places = try Workplace()
    let pages = Fixtures.boilerplatePages
    for (index, name) in (reversed ? pages.reversed() : pages).enumerated() {
      try places.write(Fixtures.boilerplate(name), to: "\(index)-\(name)")
    }
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().partition.count == 2)
  }

  @Test(
    "the acceptance documents: 000 to 003 are one cluster, 004 is another",
    .enabled(if: Fixtures.seeds != nil, "the shared acceptance documents are not here"),
    arguments: [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 4, 0, 3, 1], [3, 1, 4, 2, 0]])
  func seeds(order: [Int]) throws {
    let seeds = try #require(Fixtures.seeds)
    let expected: Set<Set<String>> = [
      Set(seeds.map(\.name).dropLast()), [try #require(seeds.last).name],
    ]
    let live = try Workplace()
    let daemon = try live.start()
    for (index, number) in order.enumerated() {
      try live.deliver(FileSystem.read(seeds[number].path), as: seeds[number].name)
      try daemon.waitForRecords(index + 1)
    }
    #expect(try daemon.stop() == .exited(0))
    #expect(try live.lines().partition == expected)
    try expectSound(try live.lines())
  }

  @Test(
    "the acceptance documents through --once, with 1 and with 2 workers",
    .enabled(if: Fixtures.seeds != nil, "the shared acceptance documents are not here"),
    arguments: [1, 2])
  func seedsOnce(workers: Int) throws {
    let seeds = try #require(Fixtures.seeds)
    let places = try Workplace(settings: ["pipeline": "workers = \(workers)"])
    for seed in seeds { try places.write(FileSystem.read(seed.path), to: seed.name) }
    #expect(try places.runOnce() == .exited(0))
    let expected: Set<Set<String>> = [
      Set(seeds.map(\.name).dropLast()), [try #require(seeds.last).name],
    ]
    #expect(try places.lines().partition == expected)
  }
}
