// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// The commands of `neardup` on the state and log of a real daemon.
@Suite("Results", .timeLimit(.minutes(10)))
struct ResultTests {
  private func json(_ run: ProgramRun) throws -> JSONValue {
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
      let listed = try json(places.neardup("clusters", "--min-size", "1", "--json"))
      #expect(listed["documents"]?.integer == place + 1)
      #expect(listed["source"]?.string == "state")
    }
    let text = try places.neardup("clusters")
    #expect(text.standardOutput.contains("c1"))
    #expect(text.standardOutput.contains("1 cluster of 2 documents and more; 5 documents in all"))
    #expect(!text.standardOutput.contains("\u{1B}"))
    #expect(try places.neardup("verify").exitStatus == .exited(0))
    #expect(try daemon.stop() == .exited(0))
  }

  @Test("a cluster's documents are told by what they reuse, whether or not the files are there")
  func cluster() throws {
    let places = try wireStory()
    let before = try json(places.neardup("cluster", "c1", "--json"))
    try FileSystem.remove(places.inDrop("a-site-copy.txt"))
    let after = try json(places.neardup("cluster", "1", "--json"))
    let members = try #require(after["members"]?.array)
    #expect(members.map { $0["path"]?.string ?? "" } == Fixtures.wireStory.dropLast())
    #expect(members.map { $0["file_gone"]?.bool ?? false } == [true, false, false, false])
    #expect(after["first_seen"]?["path"]?.string == "a-site-copy.txt")
    #expect(after["principal"] == before["principal"])
    let shares = members.compactMap { $0["share_of_principal"]?.number }
    #expect(shares.count == 4)
    #expect(shares.allSatisfy { $0 > 0.2 && $0 <= 1 })
    #expect(shares.contains(1))
    #expect(try places.neardup("cluster", "c4711").exitStatus == .exited(1))
    #expect(try places.neardup("cluster", "four").exitStatus == .exited(64))
  }

  @Test("a document's history tells versions, refusals and what came near")
  func explain() throws {
    let places = try wireStory()
    try places.write(Fixtures.boilerplate("page-bees.txt"), to: "c-spun.txt")
    try places.write([], to: "empty.txt")
    #expect(try places.runOnce() == .exited(0))
    let history = try json(places.neardup("explain", places.inDrop("c-spun.txt"), "--json"))
    #expect(history["records"]?.array?.count == 2)
    #expect(history["records"]?.array?.last?["replaces"]?.integer == 3)
    let other = try json(places.neardup("explain", "e-other-agency.txt", "--json"))
    let nearest = try #require(other["alternatives"]?["clusters"]?.array)
    #expect(nearest.first?["cluster"]?.string == "c1")
    let joins = try #require(other["alternatives"]?["joins_from"]?.number)
    #expect(nearest.allSatisfy { ($0["similarity"]?.number ?? 1) < joins })
    let refused = try places.neardup("explain", "empty.txt")
    #expect(refused.standardOutput.contains("empty.txt: empty"))
    let unknown = try places.neardup("explain", "none.txt")
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
    let exported = try places.neardup("export", "--format", "jsonl").standardOutput
    let rows = try exported.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
    #expect(rows.count == 6)
    for row in rows {
      #expect(row["cluster"]?.string == lines.clusterOfPath[row["path"]?.string ?? ""])
    }
    #expect(rows.last?["path_b64"]?.string == "Y+kKCQ==")
    let table = try places.neardup("export").standardOutput.split(separator: "\n")
    #expect(table.count == 7)
    #expect(try json(places.neardup("export", "--format", "json")).array == rows)
    let commas = try places.neardup("export", "--format", "csv")
    #expect(commas.standardOutput.hasPrefix("document,drop,path,"))
  }

  @Test("without a state the log alone is read, and that is said")
  func logAlone() throws {
    let places = try wireStory()
    let before = try places.neardup("export", "--format", "tsv").standardOutput
    FileSystem.removeTree(places.state)
    let listed = try places.neardup("clusters", "--json")
    #expect(try json(listed)["source"]?.string == "log")
    #expect(listed.standardError.contains("from the log alone"))
    let columns = { (text: String) in
      text.split(separator: "\n").map { $0.split(separator: "\t").suffix(2) }
    }
    #expect(columns(try places.neardup("export").standardOutput) == columns(before))
    try FileSystem.remove(places.log)
    #expect(try places.neardup("clusters").exitStatus == .exited(74))
    #expect(try places.neardup("verify").exitStatus == .exited(74))
  }

  @Test(
    "of a part that is not read an export tells once, with a state and without",
    arguments: [true, false])
  func unread(hasState: Bool) throws {
    let places = try wireStory()
    try FileSystem.write([1], to: places.log + ".1.xz")
    if !hasState { FileSystem.removeTree(places.state) }
    let told = try places.neardup("export").standardError
    #expect(told.split(separator: "\n").count { $0.contains(".1.xz") } == 1, "\(told)")
    #expect(told.contains("stories are not all there") == hasState)
  }

  @Test("names cannot drive the terminal")
  func hostileNames() throws {
    let places = try Workplace()
    let name = Array("a\u{1B}[31m\u{9B}2J\n\u{202E}txt.exe".utf8)
    try FileSystem.write(Fixtures.wireStory("a-site-copy.txt"), in: places.drop, name: name)
    try FileSystem.write([], in: places.drop, name: name + [0x31])
    #expect(try places.runOnce() == .exited(0))
    try FileSystem.write(Fixtures.wireStory("c-spun.txt"), to: places.inDrop("copy"))
    for command in [
      ["clusters", "--min-size", "1"], ["cluster", "c1"], ["tail", "--no-follow"],
      ["clusters", "--json", "--min-size", "1"], ["cluster", "c1", "--json"],
      ["check", places.inDrop("copy")], ["check", "--json", places.inDrop("copy")],
    ] {
      let shown = try places.neardup(command)
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
    let words = [BuiltProgram.companion.path, "clusters"] + places.companionOptions
    let command = words.map { "'\($0)'" }.joined(separator: " ")
    func shown(_ environment: [String: String]) throws -> String {
      let variables = DaemonBinary.environment.merging(["TERM": "xterm"]) { $1 }
        .merging(environment) { $1 }
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
    let script = try ProgramRun(["--generate-completion-script", shell])
    let help = try ProgramRun(["--help"])
    for command in [
      "clusters", "cluster", "story", "explain", "compare", "check", "tail", "report", "export",
      "verify", "threshold", "status", "reload", "rescan", "schema",
    ] {
      #expect(script.standardOutput.contains(command))
      #expect(help.standardOutput.contains("\n  \(command) "))
    }
  }
}
