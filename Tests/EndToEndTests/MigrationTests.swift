// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// A directory with another path, and texts that are decided anew.
@Suite("Migration", .timeLimit(.minutes(10)))
struct MigrationTests {
  private static let news = PseudoNews(seed: 21)

  private func text(_ number: Int) -> [UInt8] { Array(Self.news.article(number).utf8) }

  /// What the records say, without the times.
  private func records(_ path: String) throws -> [JSONValue] {
    try ClusterLogLines(at: path).all.map(\.timeless)
  }

  @Test("after relocate the files of a directory that was moved are known")
  func relocated() throws {
    let places = try Workplace()
    for number in 0..<4 { try places.write(text(number), to: "sub/\(number).txt") }
    #expect(try places.runOnce() == .exited(0))
    let moved = places.path("moved")
    try FileSystem.rename(places.drop, to: moved)
    let wrong = try places.neardup("relocate", "/no/such", moved)
    #expect(wrong.exitStatus == .exited(64))
    #expect(wrong.standardError.contains(places.drop))
    let run = try places.neardup("relocate", places.drop, moved + "/")
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    #expect(run.standardOutput.hasPrefix("4 files of \(places.drop) known below \(moved) now"))
    try FileSystem.write(text(9), to: "\(moved)/sub/new.txt")
    let daemon = try RunningDaemon(
      ["--drop-directory", moved, "--once"] + places.companionOptions, log: places.log,
      keeping: places)
    #expect(try daemon.waitForExit(within: 15) == .exited(0))
    #expect(try places.lines().all.map(\.path).suffix(1) == ["sub/new.txt"])
    #expect(try places.lines().all.count == 5)
    #expect(try places.neardup("verify").exitStatus == .exited(0))
  }

  @Test("while the daemon runs nothing is relocated")
  func running() throws {
    let places = try Workplace()
    let daemon = try places.start()
    let run = try places.neardup("relocate", places.drop, "/elsewhere")
    #expect(run.exitStatus == .exited(75), "\(run.standardError)")
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("with the same configuration a rebuild gives the same records")
  func rebuilt() throws {
    let places = try Workplace()
    for number in 0..<40 {
      try places.write(text(number), to: "\(100 + number).txt")
      if number % 4 == 0 {
        try places.write(Self.news.copy(of: number).utf8, to: "\(100 + number)-copy.txt")
      }
      if number % 7 == 0 { try places.write(text(number), to: "\(100 + number)-same.txt") }
    }
    #expect(try places.runOnce() == .exited(0))
    let (state, log) = (places.path("state2"), places.path("log/rebuilt.jsonl"))
    // As an earlier one left that was killed.
    try FileSystem.write("half".utf8, to: log + ".unfinished")
    let run = try places.neardup("rebuild", state, log, "--json")
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    let report = try JSONValue(parsing: run.standardOutput.utf8)
    #expect(report["documents"]?.integer == 56)
    #expect(try records(log) == records(places.log))
    #expect(!FileSystem.exists(log + ".unfinished"))
    let options = ["--state-directory", state, "--cluster-log", log]
    #expect(try ProgramRun(["verify"] + options, environment: [:]).exitStatus == .exited(0))
    // Nothing is recorded again.
    let daemon = try RunningDaemon(
      ["--config", places.configuration, "--drop-directory", places.drop, "--once"] + options,
      log: log, keeping: places)
    #expect(try daemon.waitForExit(within: 15) == .exited(0))
    #expect(try ClusterLogLines(at: log).all.count == 56)
    #expect(try places.neardup("rebuild", state, log).exitStatus == .exited(73))
  }

  @Test("another threshold decides otherwise")
  func threshold() throws {
    let places = try Workplace()
    for name in ["a-site-copy.txt", "c-spun.txt"] {
      try places.write(Fixtures.wireStory(name), to: name)
    }
    #expect(try places.runOnce() == .exited(0))
    try places.configure(["detection": "threshold = 0.999"])
    let log = places.path("log/strict.jsonl")
    #expect(try places.neardup("rebuild", places.path("strict"), log).exitStatus == .exited(0))
    #expect(try places.lines().all.map { $0["cluster"]?.string } == ["c1", "c1"])
    #expect(try ClusterLogLines(at: log).all.map { $0["cluster"]?.string } == ["c1", "c2"])
  }
}
