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

  /// Names as they are delivered: long ones, of wide and of right-to-left letters, and members.
  private func long() throws -> Workplace {
    let places = try Workplace()
    let names = [
      "2026-11-20T081500Z_1_LYNXNPEJ0A0D3_RTROPTP_4_ALDMERE-PORT-DOCKERS-STRIKE-TALKS-RESUME.txt",
      "redaktion/Überregionales und Ausland/hafenarbeiter-lehnen-angebot-ab-gespräche-gehen-weiter",
      "港湾労働者の要求を拒否したが協議は新たな足場を得た-アルドメア港-共同通信-第三版.txt",
      "العربية/ميناء-ألدمير-يرفض-مطالب-عمال-الرصيف-لكن-المحادثات-تجد-موطئ-قدم-جديد.txt",
    ]
    let texts = try Fixtures.wireStory.map {
      String(decoding: try Fixtures.wireStory($0), as: UTF8.self)
    }
    for (name, text) in zip(names, texts) { try places.write(Array(text.utf8), to: name) }
    let lines = texts.map { text in
      let body = text.replacing("\n", with: "\\n").replacing("\"", with: "\\\"")
      let title = "A headline of the harbour that is longer than any column of a table is wide"
      return "{\"headline\": \"\(title)\", \"articleBody\": \"\(body)\"}\n"
    }
    try places.write(
      Array(lines.joined().utf8), to: "lieferung-der-agentur-vom-zwanzigsten-november-2026.jsonl")
    try places.write(
      Array("tiny".utf8), to: "a-file-of-few-words-with-a-name-that-is-not-short.txt")
    #expect(try places.runOnce() == .exited(0))
    try FileSystem.rename(places.log, to: places.path("clusters.jsonl"))
    return places
  }

  private func columns(of line: some StringProtocol) -> Int {
    line.unicodeScalars.reduce(0) { $0 + (0x2E80...0xFF60 ~= $1.value ? 2 : 1) }
  }

  @Test("nothing is wider than eighty columns, with what documents are about in it")
  func eightyColumns() throws {
    let commands = [
      "clusters", "cluster c1", "stories", "story s1", "explain 2", "explain 6", "tail --no-follow",
      "threshold", "verify", "verify --drift", "status", "check", "compare", "clusters --nothing",
      "cluster c99", "explain nothing",
    ]
    let helps = [
      "clusters", "cluster", "stories", "story", "explain", "compare", "check", "tail", "report",
      "export", "verify", "threshold", "forget", "redact", "relocate", "rebuild", "status",
      "reload", "rescan", "schema",
    ].map { "\($0) --help" }
    let runs = [(try newcomer(), commands + helps + ["--help"]), (try long(), commands)]
    for (places, commands) in runs {
      for command in commands {
        // "script" gives it a terminal, so that what goes to standard error is looked at as well.
        let run = try shell(
          "cd '\(places.drop)' && COLUMNS=80 TERM=dumb script -qec "
            + "\"'\(BuiltProgram.companion.path)' \(command)\" /dev/null </dev/null")
        let lines = run.standardOutput.split { $0.isNewline }
        for line in lines {
          #expect(columns(of: line) <= 80, "\(command): \(line)")
        }
        #expect(!lines.isEmpty, "\(command)")
      }
    }
  }

  @Test("the log of another daemon is refused by every command")
  func pair() throws {
    let (one, other) = (try newcomer(), try newcomer())
    let options =
      "--state-directory '\(one.state)' --cluster-log '\(other.path("clusters.jsonl"))'"
    let commands = [
      "clusters", "cluster c1", "stories", "story s1", "explain c-spun.txt", "export", "verify",
      "report -", "threshold", "tail --no-follow", "check '\(one.path("drop/c-spun.txt"))'",
      "forget --dry-run c-spun.txt", "redact",
    ]
    for command in commands {
      let run = try shell("'\(BuiltProgram.companion.path)' \(command) \(options)")
      #expect(run.exitStatus == .exited(74), "\(command): \(run.standardError)")
      #expect(run.standardError.contains("do not belong together"), "\(command)")
      #expect(run.standardOutput.isEmpty, "\(command)")
    }
  }

  @Test("the same cause ends every command with the same status")
  func statuses() throws {
    let places = try newcomer()
    let newer = places.path("newer")
    let damaged = places.path("damaged")
    let made = try shell(
      "cp -r '\(places.state)' '\(newer)' && cp -r '\(places.state)' '\(damaged)' && "
        + "sqlite3 '\(newer)/neardupd.sqlite' 'PRAGMA user_version = 99'")
    try #require(made.exitStatus == .exited(0), "\(made.standardError)")
    try FileSystem.write(
      [UInt8](repeating: 0x5A, count: 8192), to: "\(damaged)/neardupd.sqlite")
    let missing = places.path("missing")
    let ofState = [
      "clusters", "cluster c1", "stories", "story s1", "explain c-spun.txt", "export", "verify",
      "verify --drift", "report -", "threshold", "check '\(places.path("drop/c-spun.txt"))'",
      "forget --dry-run c-spun.txt", "redact", "relocate '\(places.drop)' /elsewhere",
      "rebuild '\(places.path("other"))' '\(places.path("other.jsonl"))'",
    ]
    let log = places.path("clusters.jsonl")
    func status(
      _ command: String, _ state: String, _ log: String
    ) throws -> TestSupport.ExitStatus? {
      let run = try shell(
        "'\(BuiltProgram.companion.path)' \(command) --state-directory '\(state)' "
          + "--cluster-log '\(log)'")
      #expect(run.standardOutput.isEmpty, "\(command)")
      #expect(!run.standardError.isEmpty, "\(command)")
      return run.exitStatus
    }
    for command in ofState {
      for state in [newer, damaged] {
        #expect(try status(command, state, log) == .exited(74), "\(command) \(state)")
      }
      #expect(try status(command, missing, missing + ".jsonl") == .exited(74), "\(command)")
      #expect(!FileSystem.exists(missing), "\(command) makes nothing")
    }
    for command in ["tail --no-follow", "verify", "stories", "story s1"] {
      #expect(try status(command, places.state, missing) == .exited(74), "\(command)")
    }
    for command in ["cluster c99", "story s99", "explain nothing.txt"] {
      #expect(try status(command, places.state, log) == .exited(1), "\(command)")
    }
    for command in ofState + ["tail", "schema", "status", "reload", "rescan"] {
      #expect(try status(command + " --no-such-option", places.state, log) == .exited(64))
    }
  }
}
