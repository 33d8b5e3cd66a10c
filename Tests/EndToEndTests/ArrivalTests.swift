// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Arrival", .timeLimit(.minutes(10)))
struct ArrivalTests {
  /// A way for a document to land in the drop directory, and the path it has then.
  enum Way: String, CaseIterable {
    case written, renamed, renamedOverNothing, hardLinked, inNewDirectory, deep, treeMovedIn
    case writtenInPieces, temporaryNameFirst

    func land(_ text: [UInt8], at places: Workplace) throws -> String {
      switch self {
      case .written:
        try places.write(text, to: "story.txt")
        return "story.txt"
      case .renamed:
        try places.deliver(text, as: "story.txt")
        return "story.txt"
      case .renamedOverNothing:
        try places.write(text, to: ".story.txt.upload")
        try FileSystem.rename(places.inDrop(".story.txt.upload"), to: places.inDrop("story.txt"))
        return "story.txt"
      case .hardLinked:
        try FileSystem.write(text, to: "\(places.outside)/original")
        try FileSystem.link("\(places.outside)/original", to: places.inDrop("story.txt"))
        return "story.txt"
      case .inNewDirectory:
        try places.write(text, to: "desk/story.txt")
        return "desk/story.txt"
      case .deep:
        try places.write(text, to: "one/two/three/four/story.txt")
        return "one/two/three/four/story.txt"
      case .treeMovedIn:
        try FileSystem.makeDirectory("\(places.outside)/tree/branch")
        try FileSystem.write(text, to: "\(places.outside)/tree/branch/story.txt")
        try FileSystem.rename("\(places.outside)/tree", to: places.inDrop("tree"))
        return "tree/branch/story.txt"
      case .writtenInPieces:
        for start in stride(from: 0, to: text.count, by: 1000) {
          let piece = text[start..<min(start + 1000, text.count)]
          try FileSystem.append(piece, to: places.inDrop("story.txt"))
        }
        return "story.txt"
      case .temporaryNameFirst:
        try places.write(text, to: "story.txt.part")
        try FileSystem.rename(places.inDrop("story.txt.part"), to: places.inDrop("story.txt"))
        return "story.txt"
      }
    }
  }

  /// The first scan begins when the daemon is ready, and would name them in byte order.
  @Test("what is moved in from readiness on is taken in the order in which it comes")
  func order() throws {
    let news = PseudoNews(seed: 3)
    for round in 0..<3 {
      let places = try Workplace()
      let daemon = try places.start()
      let names = (10..<40).map { "\(49 - $0 + round).txt" }
      for (number, name) in names.enumerated() {
        try places.deliver(news.article(number, words: 60).utf8, as: name)
      }
      let lines = try daemon.waitForRecords(names.count)
      #expect(lines.all.compactMap(\.path) == names)
      #expect(try daemon.stop() == .exited(0))
    }
  }

  @Test("a document's line arrives, once", .tags(.acceptance), arguments: Way.allCases)
  func line(way: Way) throws {
    // Long enough that pieces written without a pause are one file.
    let places = try Workplace(settings: ["drop": "settle = \"500ms\""])
    let daemon = try places.start()
    let text = try Fixtures.wireStory("a-site-copy.txt")
    let path = try way.land(text, at: places)
    let line = try #require(try daemon.waitForRecords(1).all.first)
    #expect(line.event == "assigned")
    #expect(line.path == path)
    #expect(line["bytes"]?.integer == text.count)
    #expect(line["cluster"]?.string == "c1")
    #expect(line["relation"]?.string == "first")

    try places.deliver(Fixtures.wireStory("e-other-agency.txt"), as: "last.txt")
    try daemon.waitForRecords(2)
    #expect(try daemon.stop() == .exited(0))
    #expect(try places.lines().all.map(\.path) == [path, "last.txt"])
    try expectSound(try places.lines())
  }

  @Test("directories that are made and filled while it looks are not missed")
  func racingDirectories() throws {
    let places = try Workplace()
    let daemon = try places.start()
    let news = PseudoNews(seed: 5)
    for number in 0..<60 {
      let text = news.article(number)
      try places.write(text.utf8, to: "desk-\(number % 20)/day-\(number % 7)/\(number).txt")
    }
    let lines = try daemon.waitForRecords(60)
    #expect(Set(lines.assigned.map(\.path)).count == 60)
    try expectSound(lines)
  }

  @Test("a new directory inside one that was moved in is watched too")
  func directoryInMovedTree() throws {
    let places = try Workplace()
    let daemon = try places.start()
    try FileSystem.makeDirectory("\(places.outside)/tree")
    try FileSystem.write(
      Fixtures.wireStory("a-site-copy.txt"), to: "\(places.outside)/tree/first.txt")
    try FileSystem.rename("\(places.outside)/tree", to: places.inDrop("tree"))
    try daemon.waitForRecords(1)
    try places.write(Fixtures.wireStory("e-other-agency.txt"), to: "tree/new/second.txt")
    let lines = try daemon.waitForRecords(2)
    #expect(lines.assigned.map(\.path) == ["tree/first.txt", "tree/new/second.txt"])
  }

  @Test("excluded names have no record", .tags(.badInput))
  func excludedNames() throws {
    let places = try Workplace()
    let text = try Fixtures.wireStory("a-site-copy.txt")
    let names = [
      ".hidden", "draft~", "a.tmp", "b.part", "c.filepart", "d.crdownload", "A.TMP", "B.Part",
      "e.opdownload", "f.download", "g.partial", "h.aria2", "#i#", "~$j.docx",
    ]
    for name in names { try places.write(text, to: name) }
    let daemon = try places.start()
    for name in names { try places.write(text, to: "desk/\(name)") }
    try places.write(text, to: ".~lock.story.txt#")
    try places.write(text, to: "story.txt")
    let lines = try daemon.waitForRecords(1)
    #expect(lines.all.map(\.path) == ["story.txt"])
    #expect(try daemon.stop() == .exited(0))
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.map(\.path) == ["story.txt"])
  }
}
