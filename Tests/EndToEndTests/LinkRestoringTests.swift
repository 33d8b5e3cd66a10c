// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// A state and a log that are not what they were when the link last looked.
@Suite(
  "Restored and rotated hosts", .serialized, .timeLimit(.minutes(10)),
  .enabled(if: PostgresServer.isPossible, "needs postgresql"))
struct LinkRestoringTests {
  private let server: PostgresServer

  init() throws { server = try PostgresServer() }

  private static let news = PseudoNews(seed: 22)

  private func record(
    _ numbers: Range<Int>, in places: Workplace, as name: String = "n"
  ) throws {
    let daemon = try places.start()
    let before = try places.lines().decided
    for number in numbers {
      let text =
        number % 4 == 3
        ? Self.news.copy(of: number - 1, words: 80) : Self.news.article(number, words: 80)
      try places.deliver(Array(text.utf8), as: "\(name)-\(number).txt")
    }
    try daemon.waitForRecords(before + numbers.count)
    #expect(try daemon.stop() == .exited(0))
  }

  private func expectSame(_ places: Workplace, _ host: String) throws {
    let lines = try places.lines()
    #expect(try CarriedCollection(server, host: host).differences(from: lines) == [])
  }

  private func join(_ places: Workplace, _ more: [String] = []) throws -> ProgramRun {
    try places.link("join", to: server, host: "r", more: more)
  }

  /// Copies state and log aside, or back.
  private func copy(_ from: [String], to: [String]) throws {
    for (source, target) in zip(from, to) {
      try FileSystem.write(FileSystem.read(source), to: target)
    }
  }

  @Test(
    "a host that was restored from an older backup is refused, and mended by a command",
    arguments: [false, true])
  func restored(isLongAgo: Bool) throws {
    let places = try Workplace()
    try record(0..<20, in: places)
    let files = ["\(places.state)/neardupd.sqlite", places.log]
    let backup = [places.path("backup.sqlite"), places.path("backup.jsonl")]
    try copy(files, to: backup)
    try record(20..<40, in: places)
    #expect(try join(places).exitStatus == .exited(0))
    for suffix in ["-wal", "-shm"] { try? FileSystem.remove(files[0] + suffix) }
    try copy(backup, to: files)
    // At once, or when the host has given out more numbers anew than the database has.
    if isLongAgo { try record(100..<160, in: places, as: "later") }
    let link = try places.launchLink(to: server, host: "r")
    #expect(try link.waitForExit(within: 30) == .exited(78))
    #expect(link.standardError.contains("restore-host"))
    let mended = try places.link("restore-host", to: server, host: "r")
    #expect(mended.exitStatus == .exited(0), "\(mended.standardError)")
    #expect(mended.standardOutput.contains("taken back"), "\(mended.standardOutput)")
    #expect(try join(places).exitStatus == .exited(0))
    try expectSame(places, "r")
    let again = try places.link("restore-host", to: server, host: "r")
    #expect(again.standardOutput.contains("nothing to do"), "\(again.standardError)")
  }

  @Test("another collection under the same name is refused, and nothing is changed")
  func foreign() throws {
    let places = try (Workplace(), Workplace())
    try record(0..<10, in: places.0)
    try record(10..<30, in: places.1)
    #expect(try join(places.0).exitStatus == .exited(0))
    #expect(try join(places.1).exitStatus == .exited(78))
    let refused = try places.1.link("restore-host", to: server, host: "r")
    #expect(refused.exitStatus == .exited(78))
    #expect(refused.standardError.contains("another collection"))
    try expectSame(places.0, "r")
  }

  @Test("a host joins from a log in parts, compressed ones too, and goes on after an interruption")
  func parts() throws {
    let places = try Workplace()
    try record(0..<20, in: places)
    try FileSystem.rename(places.log, to: "\(places.log).2")
    let gzip = try ChildProcess(
      "/bin/gzip", ["\(places.log).2"], environment: DaemonBinary.environment)
    #expect(try gzip.waitForExit(within: 20) == .exited(0))
    try record(20..<40, in: places)
    try FileSystem.rename(places.log, to: "\(places.log).1")
    try record(40..<60, in: places)
    #expect(try join(places).exitStatus == .exited(0))
    let all = try ["\(places.log).1", places.log].reduce(into: [ClusterLogLine]()) {
      $0 += try ClusterLogLines(at: $1).all
    }
    #expect(
      try server.sql("SELECT count(*), max(seq) FROM neardup.records")
        == "\(all.last?.sequence ?? 0)|\(all.last?.sequence ?? 0)")
    // Once more is nothing more.
    #expect(try join(places).standardOutput.contains("0 records"))
  }

  @Test("a rotation while the link runs loses nothing")
  func rotation() throws {
    let places = try Workplace()
    let daemon = try places.start()
    let link = try places.startLink(to: server, host: "r")
    var total = 0
    for part in 1...3 {
      for number in total..<(total + 20) {
        try places.deliver(
          Array(Self.news.article(number, words: 60).utf8), as: "n-\(number).txt")
      }
      total += 20
      try server.wait(for: "\(total)", of: "SELECT count(*) FROM neardup.documents")
      try FileSystem.rename(places.log, to: "\(places.log).\(4 - part)")
      daemon.send(SIGHUP)
      try daemon.waitForLog("a new log") { _ in FileSystem.exists(places.log) }
    }
    try places.deliver(Array(Self.news.article(total, words: 60).utf8), as: "last.txt")
    try server.wait(for: "\(total + 1)", of: "SELECT count(*) FROM neardup.documents")
    #expect(try link.stop() == .exited(0))
    try daemon.stop()
  }

  @Test("where the log's first parts are gone the state is carried instead")
  func fromState() throws {
    let places = try Workplace()
    try record(0..<20, in: places)
    let old = try places.lines()
    // A daemon that has seen the rotated part does not write its records again.
    try FileSystem.rename(places.log, to: "\(places.log).1")
    try record(20..<30, in: places)
    try FileSystem.remove("\(places.log).1")
    let refused = try join(places)
    #expect(refused.exitStatus == .exited(78))
    #expect(refused.standardError.contains("--from-state"))
    let joined = try join(places, ["--from-state"])
    #expect(joined.exitStatus == .exited(0), "\(joined.standardError)")
    let all = ClusterLogLines(old.all + (try places.lines()).all)
    let wanted = all.clusterOfDocument.map { "\($0) \($1)" }.sorted()
    let found = try server.sql("SELECT document || ' c' || cluster FROM neardup.documents")
    #expect(found.split(separator: "\n").map(String.init).sorted() == wanted)
    let stories = all.storyOfDocument.map { "\($0) \($1)" }.sorted()
    let told = try server.sql("SELECT document || ' s' || story FROM neardup.documents")
    #expect(told.split(separator: "\n").map(String.init).sorted() == stories)
    // And on from there.
    try record(30..<40, in: places)
    #expect(try join(places).exitStatus == .exited(0))
    #expect(try server.sql("SELECT count(*) FROM neardup.documents") == "40")
  }
}
