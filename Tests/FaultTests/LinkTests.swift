// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// The link, its daemon and its server, which may each end or refuse at any moment.
  @Suite("Link", .enabled(if: PostgresServer.isPossible, "needs postgresql"))
  struct Link {
    private static let rounds = Faults.isExtended ? 200 : 12
    private static let host = "faulty"

    private static let news = PseudoNews(seed: 31)

    private func deliver(_ numbers: Range<Int>, to places: Workplace) throws {
      for number in numbers {
        let text =
          number % 4 == 3
          ? Self.news.copy(of: number - 1, words: 60) : Self.news.article(number, words: 60)
        try places.deliver(Array(text.utf8), as: "n-\(number).txt")
      }
    }

    private func expectSame(_ server: PostgresServer, _ places: Workplace) throws {
      let lines = try places.lines()
      let carried = CarriedCollection(server, host: Self.host)
      try carried.wait(for: lines, within: 60)
      #expect(try carried.differences(from: lines) == [])
    }

    @Test("kill −9 of link, daemon and server, in turn and at once")
    func killed() throws {
      var outcome = Outcome("kill −9 of link, daemon and server", rounds: Self.rounds)
      let places = try Workplace()
      let server = try PostgresServer()
      var moments = SeededGenerator(seed: 5)
      var daemon = try places.start()
      var link = try places.startLink(to: server, host: Self.host)
      var total = 0
      for round in 0..<Self.rounds {
        let count = Int.random(in: 1...30, using: &moments)
        try deliver(total..<(total + count), to: places)
        total += count
        if Bool.random(using: &moments) {
          try daemon.waitForRecords(Int.random(in: (total - count)...total, using: &moments))
        }
        let kind = round % 4
        if kind == 0 || kind == 3 { try link.killHard() }
        if kind == 1 || kind == 3 { try daemon.killHard() }
        if kind == 2 || kind == 3 { try server.crash() }
        if kind == 1 || kind == 3 { daemon = try places.start() }
        if kind == 0 || kind == 3 { link = try places.startLink(to: server, host: Self.host) }
      }
      try daemon.waitForRecords(total, within: 60)
      let start = MonotonicDeadline.microseconds()
      try expectSame(server, places)
      outcome.recovered(since: start)
      #expect(try link.stop() == .exited(0))
      #expect(try daemon.stop() == .exited(0))
      outcome.report("\(total) documents, lost 0, doubled 0")
    }

    @Test("a server that is read-only, out of connections or down is waited for, and told once")
    func refusing() throws {
      let places = try Workplace()
      let server = try PostgresServer(
        settings: ["max_connections = 5", "superuser_reserved_connections = 3"])
      let migrated = try ProgramRun(.link, ["migrate", "--database", server.connection()])
      #expect(migrated.exitStatus == .exited(0))
      try server.sql("CREATE ROLE linker LOGIN IN ROLE neardup_writer")
      let daemon = try places.start()
      try server.set("default_transaction_read_only = on")
      let link = try places.launchLink(to: server, host: Self.host, user: "linker")
      try link.waitUntilReady()
      try deliver(0..<10, to: places)
      try daemon.waitForRecords(10)
      try link.waitForStatus(containing: "waiting for")
      #expect(try server.sql("SELECT count(*) FROM neardup.documents") == "0")
      let load = try holdAllConnections(server)
      try server.set("default_transaction_read_only = off")
      try link.waitForStatus(containing: "connection slots", within: 60)
      for process in load { process.send(SIGKILL) }
      let terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ 'sleep'"
      try server.sql("\(terminate) AND pid <> pg_backend_pid()")
      try expectSame(server, places)
      try server.stop()
      try deliver(10..<20, to: places)
      try daemon.waitForRecords(20)
      try link.waitForStatus(containing: "waiting for", after: 0)
      try server.start()
      try expectSame(server, places)
      let told = link.standardError.components(separatedBy: "waiting for the database") - 1
      #expect((3...8).contains(told), "\(link.standardError)")
      #expect(try link.stop() == .exited(0))
      try daemon.stop()
    }

    /// Holds both connections that are not reserved; the link may have one for a moment.
    private func holdAllConnections(_ server: PostgresServer) throws -> [ChildProcess] {
      let held = "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'"
      var processes: [ChildProcess] = []
      for _ in 0..<40 where try server.sql(held) != "2" {
        processes.append(try holdConnection(server))
        usleep(500_000)
      }
      try server.wait(for: "2", of: held)
      return processes
    }

    private func holdConnection(_ server: PostgresServer) throws -> ChildProcess {
      try ChildProcess(
        "/usr/bin/psql",
        ["-X", "-d", server.connection(user: "linker"), "-c", "SELECT pg_sleep(600)"],
        environment: ["PATH": "/usr/bin:/bin"])
    }

    @Test("a server that hangs is given up and comes back, and a stop is heard meanwhile")
    func hanging() throws {
      let places = try Workplace()
      let server = try PostgresServer()
      let daemon = try places.start()
      let link = try places.startLink(to: server, host: Self.host)
      try deliver(0..<5, to: places)
      try daemon.waitForRecords(5)
      try expectSame(server, places)
      // Nobody can write while this holds the table.
      let holder = try ChildProcess(
        "/usr/bin/psql",
        [
          "-X", "-d", server.connection(), "-c", "BEGIN; LOCK TABLE neardup.documents", "-c",
          "SELECT pg_sleep(600)",
        ], environment: ["PATH": "/usr/bin:/bin"])
      try server.wait(
        for: "1",
        of: "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted")
      try deliver(5..<10, to: places)
      try daemon.waitForRecords(10)
      try server.wait(for: "1", of: "SELECT count(*) FROM pg_locks WHERE NOT granted")
      #expect(try link.stop(within: 10) == .exited(0))
      holder.send(SIGKILL)
      let terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ 'sleep'"
      try server.sql("\(terminate) AND pid <> pg_backend_pid()")
      let next = try places.startLink(to: server, host: Self.host)
      try expectSame(server, places)
      #expect(try next.stop() == .exited(0))
      try daemon.stop()
    }
  }
}

extension String {
  /// How many parts the text has between a mark.
  fileprivate func components(separatedBy mark: String) -> Int {
    split(separator: mark, omittingEmptySubsequences: false).count
  }
}
