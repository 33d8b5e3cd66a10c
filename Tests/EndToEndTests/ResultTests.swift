// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// The commands of `neardup` on the state and log of a real daemon.
@Suite("Results", .timeLimit(.minutes(10)))
struct ResultTests {
  private func run(
    _ places: Workplace, _ command: String, _ more: String..., environment: [String: String] = [:]
  ) throws -> CompanionRun {
    let named = [
      "--config", places.configuration, "--state-directory", places.state, "--cluster-log",
      places.log,
    ]
    return try CompanionRun([command] + more + named, environment: environment)
  }

  private func json(_ run: CompanionRun) throws -> JSONValue {
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    return try JSONValue(parsing: run.standardOutput.utf8)
  }

  /// The wire story, recorded.
  private func wireStory() throws -> Workplace {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    #expect(try places.runOnce() == .exited(0))
    return places
  }

  @Test("the clusters of a running daemon are listed, and it goes on meanwhile")
  func running() throws {
    let places = try Workplace()
    let daemon = try places.start()
    for (place, name) in Fixtures.wireStory.enumerated() {
      try places.deliver(Fixtures.wireStory(name), as: name)
      try daemon.waitForRecords(place + 1)
      let listed = try json(run(places, "clusters", "--min-size", "1", "--json"))
      #expect(listed["documents"]?.integer == place + 1)
      #expect(listed["source"]?.string == "state")
    }
    let text = try run(places, "clusters")
    #expect(text.standardOutput.contains("c1"))
    #expect(text.standardOutput.contains("1 cluster of 2 documents and more; 5 documents in all"))
    #expect(!text.standardOutput.contains("\u{1B}"))
    #expect(try run(places, "verify").exitStatus == .exited(0))
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("a cluster's documents are told by what they reuse, whether or not the files are there")
  func cluster() throws {
    let places = try wireStory()
    let before = try json(run(places, "cluster", "c1", "--json"))
    try FileSystem.remove(places.inDrop("a-site-copy.txt"))
    let after = try json(run(places, "cluster", "1", "--json"))
    let members = try #require(after["members"]?.array)
    #expect(members.map { $0["path"]?.string ?? "" } == Fixtures.wireStory.dropLast())
    #expect(members.map { $0["file_gone"]?.bool ?? false } == [true, false, false, false])
    #expect(after["first_seen"]?["path"]?.string == "a-site-copy.txt")
    #expect(after["principal"] == before["principal"])
    let shares = members.compactMap { $0["share_of_principal"]?.number }
    #expect(shares.count == 4)
    #expect(shares.allSatisfy { $0 > 0.2 && $0 <= 1 })
    #expect(shares.contains(1))
    #expect(try run(places, "cluster", "c4711").exitStatus == .exited(1))
    #expect(try run(places, "cluster", "four").exitStatus == .exited(64))
  }

  @Test("a document's history tells versions, refusals and what came near")
  func explain() throws {
    let places = try wireStory()
    try places.write(Fixtures.boilerplate("page-bees.txt"), to: "c-spun.txt")
    try places.write([], to: "empty.txt")
    #expect(try places.runOnce() == .exited(0))
    let history = try json(run(places, "explain", places.inDrop("c-spun.txt"), "--json"))
    #expect(history["records"]?.array?.count == 2)
    #expect(history["records"]?.array?.last?["replaces"]?.integer == 3)
    let other = try json(run(places, "explain", "e-other-agency.txt", "--json"))
    let nearest = try #require(other["alternatives"]?["clusters"]?.array)
    #expect(nearest.first?["cluster"]?.string == "c1")
    let joins = try #require(other["alternatives"]?["joins_from"]?.number)
    #expect(nearest.allSatisfy { ($0["similarity"]?.number ?? 1) < joins })
    let refused = try run(places, "explain", "empty.txt")
    #expect(refused.standardOutput.contains("empty.txt: empty"))
    let unknown = try run(places, "explain", "none.txt")
    #expect(unknown.exitStatus == .exited(1))
    #expect(unknown.standardError.contains("nothing is recorded of none.txt"))
  }

  @Test("the export is the partition that reading the log gives")
  func export() throws {
    let places = try wireStory()
    try FileSystem.write(
      Fixtures.wireStory("c-spun.txt"), in: places.drop, name: [0x63, 0xE9, 0x0A, 0x09])
    #expect(try places.runOnce() == .exited(0))
    let lines = try places.lines()
    let rows = try run(places, "export", "--format", "jsonl").standardOutput.split(separator: "\n")
      .map { try JSONValue(parsing: $0.utf8) }
    #expect(rows.count == 6)
    for row in rows {
      #expect(row["cluster"]?.string == lines.clusterOfPath[row["path"]?.string ?? ""])
    }
    #expect(rows.last?["path_b64"]?.string == "Y+kKCQ==")
    let table = try run(places, "export").standardOutput.split(separator: "\n")
    #expect(table.count == 7)
    #expect(try json(run(places, "export", "--format", "json")).array == rows)
    let commas = try run(places, "export", "--format", "csv")
    #expect(commas.standardOutput.hasPrefix("document,drop,path,"))
  }

  @Test("without a state the log alone is read, and that is said")
  func logAlone() throws {
    let places = try wireStory()
    let before = try run(places, "export", "--format", "tsv").standardOutput
    FileSystem.removeTree(places.state)
    let listed = try run(places, "clusters", "--json")
    #expect(try json(listed)["source"]?.string == "log")
    #expect(listed.standardError.contains("from the log alone"))
    let columns = { (text: String) in
      text.split(separator: "\n").map { $0.split(separator: "\t").suffix(2) }
    }
    #expect(columns(try run(places, "export").standardOutput) == columns(before))
    try FileSystem.remove(places.log)
    #expect(try run(places, "clusters").exitStatus == .exited(74))
    #expect(try run(places, "verify").exitStatus == .exited(74))
  }

  @Test("names cannot drive the terminal")
  func hostileNames() throws {
    let places = try Workplace()
    let name = Array("a\u{1B}[31m\u{9B}2J\n\u{202E}txt.exe".utf8)
    try FileSystem.write(Fixtures.wireStory("a-site-copy.txt"), in: places.drop, name: name)
    try FileSystem.write([], in: places.drop, name: name + [0x31])
    #expect(try places.runOnce() == .exited(0))
    for command in [
      ["clusters", "--min-size", "1"], ["cluster", "c1"], ["tail", "--no-follow"],
      ["clusters", "--json", "--min-size", "1"], ["cluster", "c1", "--json"],
    ] {
      let shown = try CompanionRun(
        command + Array(places.options.prefix(2)) + [
          "--state-directory", places.state, "--cluster-log", places.log,
        ])
      #expect(shown.exitStatus == .exited(0), "\(shown.standardError)")
      let controls = shown.standardOutput.unicodeScalars.filter {
        $0 != "\n" && $0.properties.generalCategory == .control
      }
      #expect(controls.isEmpty, "\(command)")
    }
  }

  @Test(
    "colour is for terminals, and never against NO_COLOR",
    .enabled(if: access("/usr/bin/script", X_OK) == 0, "script(1) is not installed"))
  func colour() throws {
    let places = try wireStory()
    let command =
      "'\(CompanionRun.path)' clusters --config '\(places.configuration)' --state-directory "
      + "'\(places.state)' --cluster-log '\(places.log)'"
    func shown(_ environment: [String: String]) throws -> String {
      var variables = ["PATH": "/usr/bin:/bin", "TERM": "xterm"]
      variables.merge(environment) { $1 }
      if let libraries = getenv("LD_LIBRARY_PATH") {
        variables["LD_LIBRARY_PATH"] = String(cString: libraries)
      }
      let process = try ChildProcess(
        "/usr/bin/script", ["-qec", command, "/dev/null"], environment: variables)
      #expect(try process.waitForExit(within: 30) == .exited(0))
      return process.standardOutput
    }
    #expect(try shown([:]).contains("\u{1B}[36mc1\u{1B}[0m"))
    #expect(try !shown(["NO_COLOR": "1"]).contains("\u{1B}["))
    #expect(try !shown(["TERM": "dumb"]).contains("\u{1B}["))
  }

  @Test("completions and help list every command", arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) throws {
    let script = try CompanionRun(["--generate-completion-script", shell])
    let help = try CompanionRun(["--help"])
    for command in ["clusters", "cluster", "story", "explain", "tail", "export", "verify"] {
      #expect(script.standardOutput.contains(command))
      #expect(help.standardOutput.contains("\n  \(command) "))
    }
  }
}
