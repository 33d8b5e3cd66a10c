// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// Links that link clusters, and their server, which may end at any moment.
  @Suite("Fleet", .enabled(if: PostgresServer.isPossible, "needs postgresql"))
  struct Fleet {
    private static let rounds = Faults.isExtended ? 60 : 9
    private static let news = PseudoNews(seed: 51)

    /// A host with its processes.
    private final class Host {
      let name: String
      let places: Workplace
      let server: PostgresServer
      let daemon: RunningDaemon
      var link: RunningDaemon
      var total = 0

      init(_ name: String, _ server: PostgresServer) throws {
        self.name = name
        self.server = server
        places = try Workplace()
        daemon = try places.start()
        link = try Self.link(places, server, name)
      }

      var log: String { places.path("fleet.jsonl") }

      private static func link(
        _ places: Workplace, _ server: PostgresServer, _ name: String
      ) throws -> RunningDaemon {
        let link = try RunningDaemon(
          places.linkOptions(server, host: name) + ["--fleet-log", places.path("fleet.jsonl")],
          log: places.log, program: BuiltProgram.link.path, keeping: places)
        try link.waitUntilReady()
        return link
      }

      func killLink() throws {
        try link.killHard()
        link = try Self.link(places, server, name)
      }

      func deliver(_ text: String, as file: String) throws {
        try places.deliver(Array(text.utf8), as: file)
        total += 1
      }
    }

    @Test("kill −9 of links and server while they link: no text is lost or doubled")
    func killed() throws {
      var outcome = Outcome("kill −9 of links and server while linking", rounds: Self.rounds)
      let server = try PostgresServer()
      let hosts = try [Host("one", server), Host("two", server)]
      var moments = SeededGenerator(seed: 6)
      var total = 0
      for round in 0..<Self.rounds {
        let count = Int.random(in: 5...25, using: &moments)
        for number in total..<(total + count) {
          try hosts[0].deliver(Self.news.article(number, words: 120), as: "a-\(number).txt")
          try hosts[1].deliver(Self.news.copy(of: number, words: 120), as: "b-\(number).txt")
        }
        total += count
        usleep(UInt32.random(in: 0...400_000, using: &moments))
        switch round % 3 {
        case 0: try hosts[round % 2].killLink()
        case 1: try server.crash()
        default:
          try server.crash()
          for host in hosts { try host.killLink() }
        }
      }
      for host in hosts { try host.daemon.waitForRecords(host.total, within: 60) }
      let start = MonotonicDeadline.microseconds()
      try expectWhole(server, documents: 2 * total)
      outcome.recovered(since: start)
      try expectLogs(server, hosts.map(\.log))
      for host in hosts {
        #expect(try host.link.stop() == .exited(0))
        #expect(try host.daemon.stop() == .exited(0))
      }
      outcome.report("\(2 * total) documents, lost 0, doubled 0")
    }

    /// Each article is in one fleet cluster with its copy, by one text each.
    private func expectWhole(_ server: PostgresServer, documents: Int) throws {
      try server.wait(
        for: "\(documents)|0|0",
        of: """
          SELECT count(fleet_cluster), count(*) FILTER (WHERE fleet_cluster IS NULL),
            (SELECT count(*) FROM neardup.fleet_queue) FROM neardup.fleet_documents
          """, within: 120)
      #expect(
        try server.sql(
          """
          SELECT count(*) - count(DISTINCT (host, document)),
            (SELECT count(*) FROM (SELECT 1 FROM neardup.fleet_documents
              GROUP BY regexp_replace(path, '^.-', '') HAVING count(DISTINCT fleet_cluster) > 1) x),
            (SELECT count(*) FROM neardup.fleet_members m WHERE NOT EXISTS (
              SELECT 1 FROM neardup.fleet_texts t WHERE t.text = m.text)),
            (SELECT count(*) FROM neardup.fleet_keys k WHERE NOT EXISTS (
              SELECT 1 FROM neardup.fleet_members m WHERE m.text = k.text)),
            (SELECT count(*) FROM neardup.fleet_clusters c WHERE absorbed_into IS NULL
              AND NOT EXISTS (SELECT 1 FROM neardup.fleet_members m
                WHERE m.fleet_cluster = c.fleet_cluster))
          FROM neardup.fleet_members
          """) == "0|0|0|0|0")
    }

    /// Each host's log has all records once, in order, as the database has them.
    private func expectLogs(_ server: PostgresServer, _ paths: [String]) throws {
      let wanted = try server.sql("SELECT line FROM neardup.fleet_log ORDER BY seq") + "\n"
      try server.wait(
        for: "2",
        of:
          "SELECT count(*) FROM neardup.hosts h JOIN neardup.fleet f ON f.last_seq = h.fleet_logged"
      )
      for path in paths {
        let found = String(decoding: try FileSystem.read(path), as: UTF8.self)
        #expect(found == wanted)
      }
    }
  }
}
