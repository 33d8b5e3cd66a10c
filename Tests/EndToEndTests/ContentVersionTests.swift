// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Content versions", .tags(.durability), .timeLimit(.minutes(10)))
struct ContentVersionTests {
  /// Something that leaves the content as it is.
  enum Disturbance: CaseIterable {
    case touched, rewritten, replacedByRename, modeChanged, linkedElsewhere

    func happen(to text: [UInt8], at places: Workplace) throws {
      let path = places.inDrop("story.txt")
      switch self {
      case .touched: try FileSystem.touch(path)
      case .rewritten: try FileSystem.write(text, to: path)
      case .replacedByRename: try places.deliver(text, as: "story.txt")
      case .modeChanged: try FileSystem.setMode(path, 0o640)
      case .linkedElsewhere: try FileSystem.link(path, to: "\(places.outside)/link")
      }
    }
  }

  @Test("the same content at the same path is not new work", arguments: Disturbance.allCases)
  func sameContent(disturbance: Disturbance) throws {
    let places = try Workplace()
    let text = try Fixtures.wireStory("a-site-copy.txt")
    try places.write(text, to: "story.txt")
    let daemon = try places.start()
    try daemon.waitForRecords(1)
    try disturbance.happen(to: text, at: places)
    try places.deliver(Fixtures.wireStory("e-other-agency.txt"), as: "last.txt")
    try daemon.waitForRecords(2)
    #expect(try daemon.stop() == .exited(0))
    // What was still settling when it stopped is looked at now.
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.map(\.path) == ["story.txt", "last.txt"])
  }

  @Test("new content at a path is a new document that replaces the old", arguments: [false, true])
  func newContent(byRename: Bool) throws {
    let places = try Workplace()
    let daemon = try places.start()
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "story.txt")
    try daemon.waitForRecords(1)
    let later = try Fixtures.wireStory("b-long-copy.txt")
    if byRename {
      try places.deliver(later, as: "story.txt")
    } else {
      try places.write(later, to: "story.txt")
    }
    let lines = try daemon.waitForRecords(2)
    let replacement = try #require(lines.all.last)
    #expect(replacement.event == "assigned")
    #expect(replacement.document == 2)
    #expect(replacement["replaces"]?.integer == 1)
    #expect(replacement["bytes"]?.integer == later.count)
    #expect(lines.assigned.first?["replaces"] == nil)
    try expectSound(lines)
  }

  @Test("content that changed while it was down is a new document")
  func changedWhileDown() throws {
    let places = try Workplace()
    try places.write(Fixtures.wireStory("a-site-copy.txt"), to: "story.txt")
    #expect(try places.runOnce() == .exited(0))
    try places.write(Fixtures.wireStory("e-other-agency.txt"), to: "story.txt")
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines()
    #expect(lines.assigned.map { $0["replaces"]?.integer } == [nil, 1])
    #expect(lines.assigned.map { $0["cluster"]?.string } == ["c1", "c2"])
  }

  @Test("an empty file that is filled later is skipped, then assigned")
  func filledLater() throws {
    let places = try Workplace()
    let daemon = try places.start()
    try places.write([], to: "story.txt")
    try daemon.waitForRecords(1)
    try places.write(Fixtures.wireStory("a-site-copy.txt"), to: "story.txt")
    let lines = try daemon.waitForRecords(2)
    #expect(lines.all.map(\.event) == ["skipped", "assigned"])
    #expect(lines.all.first?.reason == "empty")
    try expectSound(lines)
  }
}
