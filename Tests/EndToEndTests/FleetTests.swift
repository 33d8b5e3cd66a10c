// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// Several daemons, each with its link, and one PostgreSQL.
@Suite(
  "Fleet clusters", .serialized, .timeLimit(.minutes(10)),
  .enabled(if: PostgresServer.isPossible, "needs postgresql"))
struct FleetTests {
  private let server: PostgresServer

  init() throws { server = try PostgresServer() }

  private static let news = PseudoNews(seed: 41)

  /// A host on which `--once` decides what was delivered, and `join` carries it.
  private func host(_ texts: [(name: String, text: [UInt8])]) throws -> Workplace {
    let places = try Workplace()
    for (name, text) in texts { try places.write(text, to: name) }
    #expect(try places.runOnce() == .exited(0))
    return places
  }

  private func join(_ places: Workplace, as name: String) throws {
    let run = try places.link("join", to: server, host: name)
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
  }

  private func fleet(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(.link, ["fleet"] + arguments + ["--database", server.connection()], within: 60)
  }

  private func waitForFleet() throws {
    try server.wait(
      for: "0 0",
      of: """
        SELECT (SELECT count(*) FROM neardup.fleet_queue) || ' ' || (SELECT count(*)
        FROM neardup.fleet_documents WHERE fleet_cluster IS NULL)
        """, within: 30)
  }

  private static let partition =
    "SELECT path, fleet_cluster FROM neardup.fleet_documents ORDER BY path"

  @Test("a wire story on four hosts is one fleet cluster, the other agency's article its story")
  func wireStory() throws {
    let places = try (0..<4).map { _ in try Workplace() }
    let daemons = try places.map { try $0.start() }
    let names = ["north", "east", "south", "west"]
    let logs = places.map { $0.path("fleet.jsonl") }
    let links = try places.indices.map { index in
      try RunningDaemon(
        places[index].linkOptions(server, host: names[index]) + ["--fleet-log", logs[index]],
        log: places[index].log, program: BuiltProgram.link.path, keeping: places[index])
    }
    for link in links { try link.waitUntilReady() }
    for (number, name) in Fixtures.wireStory.enumerated() {
      try places[number % 4].deliver(Fixtures.wireStory(name), as: name)
    }
    try server.wait(for: "5", of: "SELECT count(*) FROM neardup.fleet_documents")
    try waitForFleet()
    #expect(
      try server.sql(
        """
        SELECT count(DISTINCT host), count(DISTINCT fleet_cluster), count(DISTINCT fleet_story)
        FROM neardup.fleet_documents WHERE path <> 'e-other-agency.txt'
        """) == "4|1|1")
    #expect(
      try server.sql(
        "SELECT count(DISTINCT fleet_cluster), count(DISTINCT fleet_story) FROM "
          + "neardup.fleet_documents") == "2|1")
    try expectSameLogs(logs)
    try expectAnswers()
    for link in links { #expect(try link.stop() == .exited(0)) }
    for daemon in daemons { #expect(try daemon.stop() == .exited(0)) }
  }

  /// Each host has all records of the fleet, numbered without a gap.
  private func expectSameLogs(_ paths: [String]) throws {
    let wanted = try server.sql("SELECT line FROM neardup.fleet_log ORDER BY seq")
    try server.wait(
      for: "4",
      of: "SELECT count(*) FROM neardup.hosts h JOIN neardup.fleet f ON f.last_seq = h.fleet_logged"
    )
    for path in paths {
      let found = String(decoding: try FileSystem.read(path), as: UTF8.self)
      #expect(found == wanted + "\n")
    }
    let lines = try ClusterLogLines(at: paths[0]).all
    #expect(lines.map(\.sequence) == Array(1...lines.count))
    #expect(lines.filter { $0.event == "linked" }.count == 5)
  }

  /// What `neardup fleet` says of it.
  private func expectAnswers() throws {
    let listed = try fleet("clusters")
    #expect(listed.standardOutput.contains("1 shown; 2 fleet clusters, 1 on two hosts and more"))
    let all = try JSONValue(
      parsing: fleet("clusters", "--min-hosts", "0", "--json").standardOutput.utf8)
    #expect(all.array?.count == 2)
    #expect(all.array?.first?["hosts"]?.integer == 4)
    let name = try #require(all.array?.first?["fleet_cluster"]?.string)
    let details = try fleet("cluster", name)
    #expect(details.standardOutput.contains("4 documents on 4 hosts, fleet story fs"))
    let told = try JSONValue(parsing: fleet("cluster", name, "--json").standardOutput.utf8)
    #expect(told["documents"]?.array?.count == 4)
    #expect(try fleet("cluster", "f77").exitStatus == .exited(74))
    let explained = try fleet("explain", "c-spun.txt")
    #expect(explained.standardOutput.contains(name), "\(explained.standardError)")
    #expect(try fleet("explain", "nowhere.txt").exitStatus == .exited(74))
    let status = try fleet("status")
    #expect(status.standardOutput.contains("a link is linking them"))
    #expect(status.standardOutput.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let rows = try fleet("export").standardOutput.split(separator: "\n")
    #expect(rows.count == 6)
    #expect(rows[0].hasPrefix("host\tdocument\tpath\t"))
    let objects = try JSONValue(parsing: fleet("export", "--json").standardOutput.utf8)
    #expect(objects.array?.count == 5)
    let page = try fleet("report").standardOutput
    #expect(page.contains("4 documents, 4 hosts") && page.hasSuffix("</html>\n"))
    // The companion hands it on.
    let companion = try ProgramRun(
      .companion, ["fleet", "clusters", "--database", server.connection()])
    #expect(companion.standardOutput == listed.standardOutput, "\(companion.standardError)")
  }

  @Test(
    "the acceptance documents on four hosts are one fleet cluster and one fleet story",
    .enabled(if: Fixtures.seeds?.count == 5, "needs the acceptance documents"))
  func seeds() throws {
    let seeds = try #require(Fixtures.seeds)
    for number in 0..<4 {
      // The fifth, another agency's, comes with the first.
      let own = seeds.enumerated().filter { $0.offset % 4 == number }.map(\.element)
      let places = try host(own.map { ($0.name, try FileSystem.read($0.path)) })
      try join(places, as: "h\(number)")
    }
    let found = try server.sql(
      "SELECT fleet_cluster, fleet_story FROM neardup.fleet_documents ORDER BY path")
    let rows = found.split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
    #expect(Set(rows.prefix(4).map(\.[0])).count == 1)
    #expect(rows[4][0] != rows[0][0])
    #expect(Set(rows.map(\.[1])).count == 1)
  }

  @Test("two hosts that find the same at the same moment find each other")
  func sameMoment() throws {
    let count = 30
    let places = try [0, 1].map { side in
      try host(
        (0..<count).map { number in
          let text = side == 0 ? Self.news.article(number) : Self.news.copy(of: number)
          return ("n-\(number)-\(side).txt", Array(text.utf8))
        })
    }
    let links = try places.enumerated().map { try $1.launchLink(to: server, host: "h\($0)") }
    for link in links { try link.waitUntilReady() }
    try server.wait(for: "\(2 * count)", of: "SELECT count(*) FROM neardup.fleet_documents")
    try waitForFleet()
    #expect(
      try server.sql(
        """
        SELECT count(*), count(*) FILTER (WHERE hosts = 2 AND documents = 2)
        FROM neardup.fleet_current_clusters
        """) == "\(count)|\(count)")
    for link in links { #expect(try link.stop() == .exited(0)) }
  }

  @Test("what is forgotten, what expires and who leaves goes from the fleet as well")
  func leaving() throws {
    let first = try Workplace(settings: ["retention": "documents = 100"])
    let second = try host([("copy.txt", Array(Self.news.copy(of: 3).utf8))])
    let daemon = try first.start()
    let link = try first.startLink(to: server, host: "one")
    for number in 0..<10 {
      try first.deliver(Array(Self.news.article(number).utf8), as: "n-\(number).txt")
    }
    try daemon.waitForRecords(10)
    try join(second, as: "two")
    try server.wait(for: "11", of: "SELECT count(*) FROM neardup.fleet_documents")
    try waitForFleet()
    let linked = "SELECT count(*) FROM neardup.fleet_current_clusters WHERE hosts = 2"
    #expect(try server.sql(linked) == "1")
    #expect(try first.neardup("forget", "n-3.txt").exitStatus == .exited(0))
    try server.wait(for: "0", of: linked)
    let lost = "SELECT count(*) FROM neardup.fleet_log WHERE line LIKE '%\"left\"%'"
    try server.wait(for: "1", of: lost)
    // Who is left keeps the name of the fleet cluster.
    #expect(try server.sql("SELECT count(*) FROM neardup.fleet_current_clusters") == "10")
    for number in 10..<260 {
      try first.deliver(Array(Self.news.article(number, words: 60).utf8), as: "n-\(number).txt")
    }
    try daemon.waitForRecords(260, within: 60)
    try daemon.waitForLog("expired") { $0.all.contains { $0.event == "expired" } }
    #expect(try daemon.stop() == .exited(0))
    try CarriedCollection(server, host: "one").wait(for: first.lines())
    try waitForFleet()
    try server.wait(
      for: "0",
      of: """
        SELECT count(*) FROM neardup.fleet_members m WHERE NOT EXISTS (SELECT 1
        FROM neardup.documents d WHERE d.host = m.host AND d.cluster = m.cluster)
        """)
    #expect(try link.stop() == .exited(0))
    for (name, places) in [("one", first), ("two", second)] {
      #expect(try places.link("leave", to: server, host: name).exitStatus == .exited(0))
    }
    for table in ["queue", "members", "texts", "keys", "clusters"] {
      #expect(try server.sql("SELECT count(*) FROM neardup.fleet_\(table)") == "0", "\(table)")
    }
  }

  @Test("a host that was carried before there were fleet clusters is linked")
  func migrated() throws {
    let places = try (
      host([("a.txt", Array(Self.news.article(1).utf8))]),
      host([("b.txt", Array(Self.news.copy(of: 1).utf8))])
    )
    try join(places.0, as: "a")
    try join(places.1, as: "b")
    // As a migration of tables with rows leaves them.
    try server.sql(
      """
      TRUNCATE neardup.fleet_queue, neardup.fleet_members, neardup.fleet_texts,
        neardup.fleet_keys, neardup.fleet_clusters, neardup.fleet_log, neardup.fleet;
      UPDATE neardup.hosts SET fleet_ready = false, fleet_through = 0, fleet_logged = 0;
      """)
    try join(places.0, as: "a")
    try join(places.1, as: "b")
    #expect(try server.sql(Self.partition) == "a.txt|1\nb.txt|1")
    // And a host that is restored gives its clusters anew.
    let again = try places.1.link("join", to: server, host: "b", more: ["--from-state"])
    #expect(again.exitStatus == .exited(0), "\(again.standardError)")
    #expect(try server.sql(Self.partition) == "a.txt|1\nb.txt|1")
    #expect(try server.sql("SELECT count(*) FROM neardup.fleet_members") == "2")
  }
}
