// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// The real link between a real daemon and a real PostgreSQL.
@Suite(
  "Linking to PostgreSQL", .serialized, .timeLimit(.minutes(10)),
  .enabled(if: PostgresServer.isPossible, "needs postgresql"))
struct LinkingTests {
  private let server: PostgresServer

  init() throws { server = try PostgresServer() }

  private static let news = PseudoNews(seed: 21)

  private func deliver(_ numbers: Range<Int>, to places: Workplace) throws {
    for number in numbers {
      let text =
        number % 3 == 2
        ? Self.news.copy(of: number - 1, words: 80) : Self.news.article(number, words: 80)
      try places.deliver(Array(text.utf8), as: "n-\(number).txt")
    }
  }

  private func wireStory() throws -> Workplace {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    try places.write([], to: "empty.txt")
    #expect(try places.runOnce() == .exited(0))
    return places
  }

  private func expectSame(_ places: Workplace, _ host: String) throws {
    let lines = try places.lines()
    let carried = CarriedCollection(server, host: host)
    try carried.wait(for: lines)
    #expect(try carried.differences(from: lines) == [])
  }

  @Test("what is there is carried, and what comes then within two seconds")
  func carrying() throws {
    let places = try wireStory()
    let link = try places.startLink(to: server, host: "one")
    try expectSame(places, "one")
    let daemon = try places.start()
    try deliver(0..<30, to: places)
    try daemon.waitForRecords(36)
    let lines = try places.lines()
    try CarriedCollection(server, host: "one").wait(for: lines, within: 2)
    try expectSame(places, "one")
    #expect(try link.stop() == .exited(0))
    #expect(try daemon.stop() == .exited(0))
    // The views say what the tables do.
    #expect(
      try server.sql(
        "SELECT members FROM neardup.current_clusters WHERE host = 'one' AND cluster = 1") == "4")
    #expect(
      try server.sql(
        "SELECT members, first_path FROM neardup.copied_most_today LIMIT 1") == "4|a-site-copy.txt")
    #expect(
      try server.sql(
        "SELECT count(*) FROM neardup.matches WHERE matched_path IS NULL") == "0")
    #expect(
      try server.sql(
        "SELECT reason, path FROM neardup.records WHERE event = 'skipped'") == "empty|empty.txt")
    #expect(
      try server.sql("SELECT documents FROM neardup.current_stories WHERE story = 1") == "5")
    // Every column is explained.
    let unexplained = try server.sql(
      """
      SELECT attrelid::regclass || '.' || attname FROM pg_attribute a
      JOIN pg_class c ON c.oid = attrelid
      WHERE relnamespace = 'neardup'::regnamespace AND relkind = 'r' AND attnum > 0
        AND NOT attisdropped AND col_description(attrelid, attnum) IS NULL
      """)
    #expect(unexplained == "")
  }

  @Test("the partition at a moment is what the log said then")
  func history() throws {
    let places = try Workplace()
    let daemon = try places.start()
    try deliver(0..<60, to: places)
    try daemon.waitForRecords(60)
    try daemon.stop()
    #expect(try places.link("join", to: server, host: "h").exitStatus == .exited(0))
    let lines = try places.lines()
    for count in [1, lines.all.count / 2, lines.all.count] {
      // Records that were made together have one time.
      let moment = try #require(lines.all[count - 1]["time"]?.string)
      let known = ClusterLogLines(lines.all.filter { ($0["time"]?.string ?? "") <= moment })
      let found = try server.sql(
        "SELECT document || ' c' || cluster FROM neardup.clusters_at('\(moment)', 'h') ORDER BY 1")
      let wanted = known.clusterOfDocument.map { "\($0) \($1)" }.sorted()
      #expect(found.split(separator: "\n").map(String.init).sorted() == wanted, "\(moment)")
    }
  }

  @Test("who has it first: the same bytes on two hosts")
  func first() throws {
    let places = try (wireStory(), wireStory())
    #expect(try places.0.link("join", to: server, host: "a").exitStatus == .exited(0))
    #expect(try places.1.link("join", to: server, host: "b").exitStatus == .exited(0))
    #expect(
      try server.sql(
        "SELECT count(*), min(host), max(host) FROM neardup.who_has_it_first") == "5|a|a")
    let hosts = try places.0.link("hosts", to: server, host: "a").standardOutput
    #expect(hosts.split(separator: "\n").map { $0.prefix { $0 != "\t" } } == ["a", "b"])
  }

  @Test("a second link of the same host is refused, and says who is there")
  func twice() throws {
    let places = try wireStory()
    let link = try places.startLink(to: server, host: "same")
    let second = try places.launchLink(to: server, host: "same")
    #expect(try second.waitForExit(within: 30) == .exited(75))
    #expect(second.standardError.contains("another link"))
    #expect(try link.stop() == .exited(0))
    // Its place is free at once.
    let third = try places.startLink(to: server, host: "same")
    #expect(try third.stop() == .exited(0))
  }

  @Test("the collection keeps its name, whatever the machine is called")
  func name() throws {
    let places = try wireStory()
    #expect(try places.link("join", to: server, host: "first-name").exitStatus == .exited(0))
    let again = try places.link("join", to: server, host: "other-name")
    #expect(again.exitStatus == .exited(78))
    #expect(again.standardError.contains("first-name"))
    let unnamed = try ProgramRun(
      .link,
      ["join"] + places.companionOptions + ["--database", server.connection()])
    #expect(unnamed.standardOutput.contains("host first-name"), "\(unnamed.standardError)")
  }

  @Test("tables of a newer link are refused with the remedy, two migrations at once are one")
  func versions() throws {
    let places = try wireStory()
    let arguments = ["migrate", "--database", server.connection()]
    let both = try (0..<2).map { _ in
      try ChildProcess(BuiltProgram.link.path, arguments, environment: DaemonBinary.environment)
    }
    for process in both {
      let status = try process.waitForExit(within: 60)
      #expect(status == .exited(0), "\(process.standardError)")
    }
    #expect(try server.sql("SELECT count(*), max(version) FROM neardup.schema_version") == "2|2")
    try server.sql("INSERT INTO neardup.schema_version (version) VALUES (99)")
    let link = try places.launchLink(to: server, host: "old")
    #expect(try link.waitForExit(within: 30) == .exited(78))
    #expect(link.standardError.contains("install a newer neardup-link"))
  }

  @Test("one role writes, one reads, and a link needs no more than to write")
  func roles() throws {
    let places = try wireStory()
    let missing = try ProgramRun(
      .link,
      ["join"] + places.linkOptions(server, host: "r", user: "nobody-yet"))
    #expect(missing.exitStatus == .exited(69))
    #expect(
      try ProgramRun(.link, ["migrate", "--database", server.connection()]).exitStatus == .exited(0)
    )
    try server.sql(
      """
      CREATE ROLE linker LOGIN IN ROLE neardup_writer;
      CREATE ROLE looker LOGIN IN ROLE neardup_reader;
      """)
    let run = try ProgramRun(
      .link, ["join"] + places.linkOptions(server, host: "r", user: "linker"))
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    try expectSame(places, "r")
    #expect(
      try server.sql("SELECT count(*) FROM neardup.cluster_members", user: "looker") == "5")
    #expect(throws: PostgresServer.Refused.self) {
      try server.sql("DELETE FROM neardup.documents", user: "looker")
    }
    #expect(throws: PostgresServer.Refused.self) {
      try server.sql("DROP TABLE neardup.documents", user: "linker")
    }
  }

  @Test("rows leave with documents that are forgotten or expire")
  func leaving() throws {
    let places = try Workplace(settings: ["retention": "documents = 100"])
    let daemon = try places.start()
    let link = try places.startLink(to: server, host: "l")
    try deliver(0..<40, to: places)
    try places.deliver([], as: "n-3-empty.txt")
    try daemon.waitForRecords(41)
    try expectSame(places, "l")
    let forgotten = try places.neardup("forget", "n-3.txt")
    #expect(forgotten.exitStatus == .exited(0), "\(forgotten.standardError)")
    try daemon.waitForLog("removed") { $0.all.contains { $0.event == "removed" } }
    try expectSame(places, "l")
    #expect(
      try server.sql("SELECT count(*) FROM neardup.records WHERE path = 'n-3.txt'") == "0")
    try deliver(40..<300, to: places)
    try daemon.waitForRecords(301, within: 60)
    try daemon.waitForLog("expired") { $0.all.contains { $0.event == "expired" } }
    try daemon.stop()
    try expectSame(places, "l")
    #expect(try link.stop() == .exited(0))
    // Nothing is left of clusters without documents.
    let empty = """
      SELECT count(*) FROM neardup.clusters c WHERE absorbed_into IS NULL AND NOT EXISTS (
        SELECT 1 FROM neardup.documents d WHERE d.host = c.host AND d.cluster = c.cluster)
      """
    #expect(try server.sql(empty) == "0")
    #expect(try places.link("leave", to: server, host: "l").exitStatus == .exited(0))
    for table in ["hosts", "documents", "clusters", "stories", "other_records"] {
      #expect(try server.sql("SELECT count(*) FROM neardup.\(table)") == "0", "\(table)")
    }
  }
}
