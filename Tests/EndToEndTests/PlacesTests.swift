// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// How `neardup` finds the results, and that it refuses those of two daemons.
@Suite("Places", .timeLimit(.minutes(10)))
struct PlacesTests {
  /// A directory as `scripts/run` makes it, with two copies of a story recorded.
  private func newcomer() throws -> Workplace {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    #expect(try places.runOnce() == .exited(0))
    try FileSystem.rename(places.log, to: places.path("clusters.jsonl"))
    return places
  }

  private func shell(_ text: String) throws -> ChildProcess {
    let process = try ChildProcess(
      "/bin/sh", ["-c", text], environment: DaemonBinary.environment)
    _ = try process.waitForExit(within: 30)
    return process
  }

  @Test("in the directory and below it neardup needs no options, and says what it took")
  func found() throws {
    let places = try newcomer()
    for directory in [places.path("."), places.drop, places.state] {
      let run = try shell("cd '\(directory)' && '\(BuiltProgram.companion.path)' stories --json")
      #expect(run.exitStatus == .exited(0), "\(run.standardError)")
      let log = places.path("clusters.jsonl")
      #expect(run.standardError == "neardup: using \(places.state) and \(log)\n")
      let json = try JSONValue(parsing: run.standardOutput.utf8)
      #expect(json["stories"]?.array?.first?["clusters"]?.integer == 2)
      #expect(json["stories"]?.array?.first?["documents"]?.integer == 5)
      #expect(json["stories"]?.array?.first?["title"]?.string?.isEmpty == false)
    }
  }

  @Test("tables fit eighty columns, with what documents are about in them")
  func eightyColumns() throws {
    let places = try newcomer()
    for command in ["clusters", "cluster c1", "stories", "story s1"] {
      let run = try shell(
        "cd '\(places.drop)' && COLUMNS=80 '\(BuiltProgram.companion.path)' \(command)")
      #expect(run.exitStatus == .exited(0), "\(run.standardError)")
      let lines = run.standardOutput.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= 80 }, "\(run.standardOutput)")
      #expect(lines.count >= 2)
    }
  }

  @Test("the log of another daemon is refused by every command that reads both")
  func pair() throws {
    let (one, other) = (try newcomer(), try newcomer())
    let options =
      "--state-directory '\(one.state)' --cluster-log '\(other.path("clusters.jsonl"))'"
    let commands = [
      "clusters", "cluster c1", "stories", "story s1", "explain c-spun.txt", "export", "verify",
      "report -", "threshold",
    ]
    for command in commands {
      let run = try shell("'\(BuiltProgram.companion.path)' \(command) \(options)")
      #expect(run.exitStatus == .exited(74), "\(command): \(run.standardError)")
      #expect(run.standardError.contains("do not belong together"), "\(command)")
      #expect(run.standardOutput.isEmpty, "\(command)")
    }
  }
}
