// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// `neardup verify` on the state and log of a real daemon, whole and damaged.
@Suite("Verify", .tags(.durability), .timeLimit(.minutes(10)))
struct VerifyTests {
  private func recorded() throws -> Workplace {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    #expect(try places.runOnce() == .exited(0))
    return places
  }

  private func expectViolation(
    _ places: Workplace, _ lines: [[UInt8]], _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try FileSystem.write(lines.flatMap { $0 + [0x0A] }, to: places.log)
    let run = try places.neardup("verify")
    #expect(run.exitStatus == .exited(1), sourceLocation: sourceLocation)
    #expect(
      run.standardOutput.contains("\(places.log):\(message)"), "\(run.standardOutput)",
      sourceLocation: sourceLocation)
  }

  @Test("what a daemon wrote is good, after restarts, changes and a rotation")
  func good() throws {
    let places = try recorded()
    try FileSystem.rename(places.log, to: places.log + ".1")
    try places.write(Fixtures.boilerplate("page-bees.txt"), to: "c-spun.txt")
    #expect(try places.runOnce() == .exited(0))
    for run in [try places.neardup("verify"), try places.neardup("verify", places.log + ".1")] {
      #expect(run.exitStatus == .exited(0), "\(run.standardOutput)")
      #expect(run.standardOutput.contains("6 lines in 2 parts, records 1 to 6, 6 documents"))
    }
    try FileSystem.remove(places.log + ".1")
    let partial = try places.neardup("verify")
    #expect(partial.exitStatus == .exited(0))
    #expect(partial.standardOutput.contains("note: the log begins with record 6"))
  }

  /// Compresses a part as logrotate does.
  private func compress(_ part: String) throws {
    try FileSystem.write(GzipFile.compressed(try FileSystem.read(part)), to: part + ".gz")
    try FileSystem.remove(part)
  }

  @Test("parts that a rotation compressed are read wherever the log is")
  func compressed() throws {
    let places = try Workplace()
    for (place, name) in Fixtures.wireStory.enumerated() {
      try places.write(Fixtures.wireStory(name), to: name)
      #expect(try places.runOnce() == .exited(0))
      // As with delaycompress: the last part stays as it is until the next rotation.
      let number = Fixtures.wireStory.count - place
      try FileSystem.rename(places.log, to: "\(places.log).\(number)")
      if place > 0 { try compress("\(places.log).\(number + 1)") }
    }
    try places.write(Fixtures.boilerplate("page-bees.txt"), to: "bees.txt")
    #expect(try places.runOnce() == .exited(0))
    try compress("\(places.log).1")
    let verified = try places.neardup("verify")
    #expect(verified.exitStatus == .exited(0), "\(verified.standardOutput)")
    #expect(verified.standardOutput.contains("6 lines in 6 parts, records 1 to 6, 6 documents"))
    #expect(!verified.standardOutput.contains("note:"))
    let rows = try places.neardup("export", "--format", "jsonl").standardOutput
      .split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
    #expect(rows.map { $0["story"]?.string } == Array(repeating: "s1", count: 5) + ["s6"])
    let explained = try places.neardup("explain", Fixtures.wireStory[1])
    #expect(explained.standardOutput.contains("near"))
    #expect(!explained.standardOutput.contains("note"))
    let state = try places.neardup("clusters", "--json").standardOutput
    FileSystem.removeTree(places.state)
    let alone = try places.neardup("clusters", "--json")
    #expect(alone.exitStatus == .exited(0), "\(alone.standardError)")
    #expect(try JSONValue(parsing: alone.standardOutput.utf8)["source"]?.string == "log")
    #expect(try JSONValue(parsing: alone.standardOutput.utf8)["clusters"]?.array?.count == 1)
    #expect(state.contains("\"c1\"") && alone.standardOutput.contains("\"c1\""))
  }

  @Test("a compressed part that is damaged is named with what to do, and is no shorter log")
  func cutShort() throws {
    let places = try recorded()
    let part = places.log + ".1"
    try FileSystem.rename(places.log, to: part)
    let whole = try GzipFile.compressed(try FileSystem.read(part))
    try FileSystem.remove(part)
    try FileSystem.write([], to: places.log)
    try FileSystem.write(whole.dropLast(9), to: part + ".gz")
    let run = try places.neardup("verify")
    let told = run.standardOutput + run.standardError
    #expect(told.contains("\(part).gz: it is damaged or cut short"))
    #expect(told.contains("gzip --test"))
    #expect(run.exitStatus != .exited(0))
  }

  @Test("a compressed part is whole also for whoever ignores how children end")
  func ignoredChildren() throws {
    let places = try recorded()
    try FileSystem.rename(places.log, to: places.log + ".1")
    try places.write(Fixtures.boilerplate("page-bees.txt"), to: "bees.txt")
    #expect(try places.runOnce() == .exited(0))
    try compress(places.log + ".1")
    let process = try ChildProcess(
      "env",
      ["--ignore-signal=CHLD", BuiltProgram.companion.path, "verify"] + places.companionOptions,
      environment: DaemonBinary.environment)
    #expect(try process.waitForExit(within: 30) == .exited(0))
    #expect(process.standardOutput.contains("6 lines in 2 parts, records 1 to 6"))
    #expect(!process.standardOutput.contains("damaged"))
  }

  @Test("every kind of damage is named by file and line")
  func damage() throws {
    let places = try recorded()
    let whole = try FileSystem.read(places.log)
    let lines = whole.split(separator: 0x0A).map { Array($0) }
    try expectViolation(
      places, Array(lines[..<2] + lines[3...]), "3: record 3 is missing")
    try expectViolation(
      places, Array(lines[..<3] + lines[2...]), "4: record 3 comes again, after record 3")
    var changed = lines
    changed[1] = Array(
      String(decoding: lines[1], as: UTF8.self)
        .replacing(#""cluster":"c1""#, with: #""cluster":"c5""#).utf8)
    try expectViolation(places, changed, "2: document 2 is in c5, in the state in c1")
    changed[1] = Array(lines[1].dropLast())
    try expectViolation(places, changed, "2: the line is not JSON")
    try FileSystem.write(whole.dropLast(), to: places.log)
    let torn = try places.neardup("verify")
    #expect(torn.exitStatus == .exited(1))
    #expect(torn.standardOutput.contains("\(places.log):5: the last line is torn"))
    try FileSystem.write(whole, to: places.log)
    #expect(try places.neardup("verify").exitStatus == .exited(0))
  }

  @Test("a state of another log is found out")
  func otherState() throws {
    let (places, other) = (try recorded(), try Workplace())
    try other.write(Fixtures.boilerplate("page-bees.txt"), to: "b.txt")
    #expect(try other.runOnce() == .exited(0))
    try FileSystem.write(try FileSystem.read(other.log), to: places.log)
    let run = try places.neardup("verify")
    #expect(run.exitStatus == .exited(74))
    #expect(run.standardError.contains("do not belong together"))
    #expect(run.standardError.contains(places.log))
  }
}
