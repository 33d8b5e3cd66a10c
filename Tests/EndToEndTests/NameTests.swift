// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Foundation
import TestSupport
import Testing

@Suite("Names", .tags(.badInput), .timeLimit(.minutes(10)))
struct NameTests {
  @Test(
    "any name a file may have is taken",
    arguments: [
      "a name with spaces.txt", "two\nlines.txt", "tab\tand\u{1}control.txt", "quote\"back\\slash",
      "-rf", "--once", "%s%n", "ünïcödé.txt", "e\u{301}clair.txt", "新聞.txt", "🗞️",
      String(repeating: "n", count: 255), "*?[a].txt", "$(id)", "c1", "$HOME",
    ])
  func unusual(name: String) throws {
    let places = try Workplace()
    let daemon = try places.start()
    try places.write(Fixtures.wireStory("a-site-copy.txt"), to: name)
    let live = try #require(try daemon.waitForRecords(1).all.first)
    #expect(live.event == "assigned")
    // String comparison would take two spellings of é for one.
    #expect(Array(live.path.utf8) == Array(name.utf8))
    #expect(live["path_b64"] == nil)
    try expectSound(try places.lines())
  }

  @Test("a name that is not UTF-8 is kept in Base64", arguments: [false, true])
  func notUTF8(thereAtStart: Bool) throws {
    let places = try Workplace()
    let name: [UInt8] = Array("caf".utf8) + [0xE9] + Array(".txt".utf8)
    let text = try Fixtures.wireStory("a-site-copy.txt")
    if thereAtStart { try FileSystem.write(text, in: places.drop, name: name) }
    let daemon = try places.start()
    if !thereAtStart { try FileSystem.write(text, in: places.drop, name: name) }
    let line = try #require(try daemon.waitForRecords(1).all.first)
    #expect(line.event == "assigned")
    #expect(line.path == "caf\u{FFFD}.txt")
    let encoded = try #require(line["path_b64"]?.string)
    #expect(Data(base64Encoded: encoded).map(Array.init) == name)
    #expect(try daemon.stop() == .exited(0))
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.count == 1)
    try expectSound(try places.lines())
  }

  @Test("two names that look alike once repaired are two documents")
  func alikeOnceRepaired() throws {
    let places = try Workplace()
    let story = try Fixtures.wireStory("a-site-copy.txt")
    let other = try Fixtures.wireStory("e-other-agency.txt")
    try FileSystem.write(story, in: places.drop, name: [0x61, 0xE9])
    try FileSystem.write(other, in: places.drop, name: [0x61, 0xE8])
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines()
    #expect(lines.assigned.count == 2)
    #expect(Set(lines.all.compactMap { $0["path_b64"]?.string }).count == 2)
    #expect(lines.assigned.allSatisfy { $0["replaces"] == nil })
  }

  @Test("a directory named like a file is a directory", arguments: [false, true])
  func directoryLikeFile(thereAtStart: Bool) throws {
    let places = try Workplace()
    let text = try Fixtures.wireStory("a-site-copy.txt")
    if thereAtStart { try places.write(text, to: "story.txt/story.txt") }
    let daemon = try places.start()
    if !thereAtStart { try places.write(text, to: "story.txt/story.txt") }
    let lines = try daemon.waitForRecords(1)
    #expect(lines.all.map(\.path) == ["story.txt/story.txt"])
    #expect(lines.all.map(\.event) == ["assigned"])
  }

  @Test("a long path of long names is taken")
  func longPath() throws {
    let places = try Workplace()
    let long = String(repeating: "d", count: 250)
    let path = "\(long)/\(long)/\(long)/\(long)/story.txt"
    let daemon = try places.start()
    try places.write(Fixtures.wireStory("a-site-copy.txt"), to: path)
    #expect(try daemon.waitForRecords(1).all.map(\.path) == [path])
  }
}
