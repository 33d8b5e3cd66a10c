// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Log recovery", .tags(.durability), .timeLimit(.minutes(10)))
struct LogRecoveryTests {
  private func placesWithFive() throws -> Workplace {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    #expect(try places.runOnce() == .exited(0))
    return places
  }

  /// What a crash may leave after the last line end.
  enum Tail: CaseIterable {
    case halfLine, oneByte, zeroes

    var text: String {
      switch self {
      case .halfLine: "{\"schema\":1,\"seq\":99,\"ti"
      case .oneByte: "{"
      // A file system that had grown the file before the data reached the disk.
      case .zeroes: String(repeating: "\0", count: 4096)
      }
    }
  }

  @Test("a torn tail is cut back at the start", arguments: Tail.allCases)
  func tornTail(tail: Tail) throws {
    let places = try placesWithFive()
    let whole = try FileSystem.read(places.log)
    try FileSystem.append(tail.text.utf8, to: places.log)
    let daemon = try places.start()
    #expect(try FileSystem.read(places.log) == whole)
    try places.deliver(Fixtures.boilerplate("page-bees.txt"), as: "bees.txt")
    try expectSound(try daemon.waitForRecords(6))
  }

  @Test("records that the log lacks are written again, byte for byte", arguments: [1, 150, 900])
  func lostBytes(lost: Int) throws {
    let places = try placesWithFive()
    let whole = try FileSystem.read(places.log)
    try FileSystem.truncate(places.log, to: whole.count - lost)
    let daemon = try places.start()
    #expect(try FileSystem.read(places.log) == whole)
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("a log that is gone when it starts goes on where the sequence stood")
  func logGone() throws {
    let places = try placesWithFive()
    let before = try places.lines()
    try FileSystem.rename(places.log, to: "\(places.log).1")
    let daemon = try places.start()
    try places.deliver(Fixtures.boilerplate("page-bees.txt"), as: "bees.txt")
    try daemon.waitForLog("the line of bees.txt") { !$0.lines(for: "bees.txt").isEmpty }
    #expect(try daemon.stop() == .exited(0))
    let whole = try ClusterLogLines(at: "\(places.log).1", places.log)
    #expect(whole.all.count == before.all.count + 1)
    try expectSound(whole)
  }
}
