// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite("Skipped", .tags(.badInput), .timeLimit(.minutes(10)))
struct SkippedTests {
  /// Something in the drop directory that is no document, with the reason the log must give.
  enum Oddity: String, CaseIterable {
    case empty, binary, tooLarge, tooShort, fifo, socket, device, linkToFile, linkToDirectory
    case brokenLink

    var reason: String {
      switch self {
      case .empty, .binary: rawValue
      case .tooLarge: "too-large"
      case .tooShort: "too-short"
      case .fifo, .socket, .device: "not-regular"
      case .linkToFile, .linkToDirectory, .brokenLink: "excluded-link"
      }
    }

    func land(at places: Workplace) throws {
      let path = places.inDrop("odd.txt")
      switch self {
      case .empty: try places.deliver([], as: "odd.txt")
      case .binary:
        try places.deliver("text then \0 a NUL and more text".utf8, as: "odd.txt")
      case .tooLarge:
        try places.deliver(repeatElement(UInt8(ascii: "x"), count: 100_000), as: "odd.txt")
      case .tooShort: try places.deliver("Harbour\n".utf8, as: "odd.txt")
      case .fifo: try FileSystem.makeFIFO(path)
      case .socket:
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        try UnixAddress(path).bind(descriptor)
      case .device: try FileSystem.makeNullDevice(path)
      case .linkToFile:
        try FileSystem.makeSymbolicLink(at: path, to: "\(places.outside)/secret.txt")
      case .linkToDirectory: try FileSystem.makeSymbolicLink(at: path, to: places.outside)
      case .brokenLink: try FileSystem.makeSymbolicLink(at: path, to: "nowhere")
      }
    }
  }

  static let canMakeDevices: Bool = {
    guard let place = try? TemporaryDirectory() else { return false }
    return (try? FileSystem.makeNullDevice(place.path("null"))) != nil
  }()

  static let oddities = Oddity.allCases.filter { $0 != .device || canMakeDevices }

  @Test("has its record with its reason and stops nothing", arguments: oddities, [false, true])
  func oddity(_ oddity: Oddity, thereAtStart: Bool) throws {
    let places = try Workplace(settings: ["drop": "max-size = \"64KiB\""])
    try FileSystem.write(
      Fixtures.wireStory("b-long-copy.txt"), to: "\(places.outside)/secret.txt")
    let opened = try DirectoryChanges(of: places.outside, for: .openingOrReading)
    if thereAtStart { try oddity.land(at: places) }
    let daemon = try places.start()
    if !thereAtStart { try oddity.land(at: places) }
    let line = try #require(try daemon.waitForRecords(1).all.first)
    #expect(line.event == "skipped")
    #expect(line.path == "odd.txt")
    #expect(line.reason == oddity.reason)
    #expect(opened.takeNames() == [], "something outside the drop directory was opened")

    try FileSystem.write(
      Fixtures.wireStory("a-site-copy.txt"), to: places.inDrop("story.txt"))
    let lines = try daemon.waitForRecords(2)
    #expect(lines.all.last?.event == "assigned")
    #expect(try daemon.stop() == .exited(0))
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.count == 2)
    try expectSound(try places.lines())
  }

  /// Root reads everything, unless its capabilities are taken away.
  static let powerless = ["/usr/bin/setpriv", "--inh-caps=-all", "--bounding-set=-all"]

  static let canLosePower: Bool = {
    if geteuid() != 0 { return true }
    let trial = try? ChildProcess(
      powerless[0], Array(powerless.dropFirst()) + ["/bin/true"])
    return (try? trial?.waitForExit(within: 5)) == .exited(0)
  }()

  @Test("the journal warns of skipped files by reason, with one of them")
  func warned() throws {
    let places = try Workplace()
    for name in ["a", "b", "c"] { try places.write([], to: "\(name).txt") }
    try places.write([0, 1, 2], to: "binary")
    let daemon = try places.start()
    try daemon.waitForRecords(4)
    #expect(try daemon.stop() == .exited(0))
    // They may come in two summaries, the second one of them at the end.
    let warnings = daemon.standardError.split(separator: "\n").filter {
      $0.contains("files were skipped")
    }
    let empty = warnings.filter { $0.contains("reason=empty") }
    let counts = empty.compactMap { line in
      line.split(separator: " ").first { $0.hasPrefix("files=") }.flatMap { Int($0.dropFirst(6)) }
    }
    #expect(counts.reduce(0, +) == 3, "\(daemon.standardError)")
    #expect(empty.allSatisfy { $0.contains(".txt") })
    #expect(warnings.contains { $0.contains("reason=binary") && $0.contains("path=binary") })
    #expect(warnings.count < 4)
  }

  @Test(
    "a file that may not be read is skipped, and taken once it may be",
    .enabled(if: canLosePower, "root cannot give up its capabilities here"))
  func unreadable() throws {
    let places = try Workplace()
    try places.write(Fixtures.wireStory("a-site-copy.txt"), to: "locked.txt")
    try FileSystem.setMode(places.inDrop("locked.txt"), 0)
    let daemon = try places.start(launcher: geteuid() == 0 ? Self.powerless : [])
    let line = try #require(try daemon.waitForRecords(1).all.first)
    #expect(line.reason == "unreadable")
    #expect(line["detail"]?.string?.isEmpty == false)
    try FileSystem.setMode(places.inDrop("locked.txt"), 0o644)
    let lines = try daemon.waitForRecords(2)
    #expect(lines.all.last?.event == "assigned")
    try expectSound(lines)
  }

  @Test("a link to a directory is not entered, and what it names is never opened")
  func outsideTree() throws {
    let places = try Workplace()
    for name in Fixtures.wireStory {
      try FileSystem.write(Fixtures.wireStory(name), to: "\(places.outside)/\(name)")
    }
    try FileSystem.makeSymbolicLink(at: places.inDrop("away"), to: places.outside)
    try FileSystem.makeSymbolicLink(at: places.inDrop("up"), to: "..")
    let opened = try DirectoryChanges(of: places.outside, for: .openingOrReading)
    #expect(try places.runOnce() == .exited(0))
    #expect(opened.takeNames() == [])
    let lines = try places.lines()
    #expect(lines.all.map(\.path) == ["away", "up"])
    #expect(lines.all.map(\.reason) == ["excluded-link", "excluded-link"])
  }

  @Test(
    "touched, or given other rights, it is no news; other bytes are",
    arguments: [Oddity.empty, .binary, .tooLarge, .tooShort])
  func touched(oddity: Oddity) throws {
    let places = try Workplace(settings: ["drop": "max-size = \"64KiB\""])
    try oddity.land(at: places)
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.map(\.reason) == [oddity.reason])
    for change in ["touch", "chmod 600"] {
      let process = try ChildProcess(
        "/bin/sh", ["-c", "\(change) '\(places.inDrop("odd.txt"))'"], environment: [:])
      #expect(try process.waitForExit(within: 10) == .exited(0))
      #expect(try places.runOnce() == .exited(0))
    }
    #expect(try places.lines().all.count == 1)
    try places.deliver("other \0 bytes".utf8, as: "odd.txt")
    #expect(try places.runOnce() == .exited(0))
    #expect(try places.lines().all.map(\.reason) == [oddity.reason, "binary"])
  }
}
