// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// `drop.after = "move-to"`: what is recorded leaves, what is not stays.
@Suite("Moving", .tags(.durability), .timeLimit(.minutes(10)))
struct MovingTests {
  private let places: Workplace
  private var target: String { places.path("done") }
  private var moved: String { "\(target)/story.txt" }

  init() throws {
    places = try Workplace()
    try places.configure([
      "drop": """
      after = "move-to"
      move-to = "\(places.path("done"))"
      rescan-interval = "1s"
      """
    ])
  }

  private func deliverStory() throws {
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "story.txt")
  }

  /// Waits for a file to leave the drop directory.
  private func waitUntilMoved(_ daemon: RunningDaemon) throws {
    let deadline = MonotonicDeadline(seconds: 10)
    let changes = try DirectoryChanges(of: target)
    while !FileSystem.exists(moved) {
      if deadline.hasPassed { throw Overdue(moved, 10, found: daemon.standardError) }
      changes.wait(until: deadline)
    }
    #expect(!FileSystem.exists(places.inDrop("story.txt")))
  }

  @Test("a recorded file leaves, a skipped one stays")
  func moves() throws {
    try FileSystem.makeDirectory(target)
    let daemon = try places.start()
    try places.write([], to: "empty.txt")
    try daemon.waitForRecords(1)
    try deliverStory()
    try waitUntilMoved(daemon)
    #expect(FileSystem.exists(places.inDrop("empty.txt")))
    // The record was on the disk before the file went.
    #expect(try places.lines().assigned.map(\.path) == ["story.txt"])
    #expect(try FileSystem.read(moved) == Fixtures.wireStory("a-site-copy.txt"))
    #expect(try daemon.stop() == .exited(0))
    try expectSound(try places.lines())
  }

  @Test("the same content under the same name leaves as well, under another name there")
  func again() throws {
    try FileSystem.makeDirectory(target)
    try deliverStory()
    #expect(try places.runOnce() == .exited(0))
    try deliverStory()
    #expect(try places.runOnce() == .exited(0))
    #expect(FileSystem.exists(moved))
    #expect(FileSystem.exists("\(moved).2"))
    #expect(!FileSystem.exists(places.inDrop("story.txt")))
    #expect(try places.lines().all.count == 1)
  }

  @Test("what could not be moved is said once, and moved by a later scan")
  func laterTarget() throws {
    let daemon = try places.start()
    // When the third is recorded, the two before it could not be moved: one task commits and moves.
    for (place, name) in ["story.txt", "b.txt", "c.txt"].enumerated() {
      try places.deliver(Fixtures.wireStory(Fixtures.wireStory[place]), as: name)
      try daemon.waitForRecords(place + 1)
    }
    try FileSystem.makeDirectory(target)
    try waitUntilMoved(daemon)
    #expect(try daemon.stop() == .exited(0))
    let told = daemon.standardError.split(separator: "\n").count {
      $0.contains("a recorded file cannot be moved")
    }
    #expect(told == 1)
    #expect(try places.lines().all.count == 3)
  }

  @Test(
    "killed between the record and the move, the next start moves the file",
    arguments: [true, false])
  func killed(once: Bool) throws {
    let daemon = try places.start()
    try deliverStory()
    try daemon.waitForRecords(1)
    try daemon.killHard()
    #expect(FileSystem.exists(places.inDrop("story.txt")))
    try FileSystem.makeDirectory(target)
    if once {
      #expect(try places.runOnce() == .exited(0))
      #expect(FileSystem.exists(moved))
    } else {
      let next = try places.start()
      try waitUntilMoved(next)
      #expect(try next.stop() == .exited(0))
    }
    #expect(try places.lines().all.count == 1)
  }
}
