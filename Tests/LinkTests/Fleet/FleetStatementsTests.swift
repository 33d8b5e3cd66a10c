// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Link

/// What is run for each batch of changes finds its rows by an index, however large the tables.
@Suite(
  .serialized, .timeLimit(.minutes(5)),
  .enabled(if: PostgresServer.isPossible, "needs postgresql"))
struct FleetStatementsTests {
  private let empty: TestDatabase
  private var database: PostgresConnection { empty.connection }

  init() throws {
    empty = try TestDatabase()
    try LinkSchema.migrate(database)
    try database.run(
      """
      INSERT INTO neardup.fleet_members (time, text, host, document, cluster, fleet_cluster,
        is_held, is_round_up)
      SELECT now(), n, 1 + n % 10, n / 10, n / 10, n - n % 3, false, false
      FROM generate_series(1, 30000) n;
      INSERT INTO neardup.fleet_clusters (since, fleet_cluster)
      SELECT now(), n FROM generate_series(1, 30000) n;
      INSERT INTO neardup.fleet_texts (text, tokens) SELECT n, '' FROM generate_series(1, 30000) n;
      INSERT INTO neardup.fleet_keys (key, text)
      SELECT hashint8extended(n * 31, 7), n % 30000 FROM generate_series(1, 200000) n;
      INSERT INTO neardup.fleet_queue (time, host, change, document, cluster)
      SELECT now(), 1 + n % 10, 'text', n, n FROM generate_series(1, 20000) n;
      ANALYZE neardup.fleet_members, neardup.fleet_clusters, neardup.fleet_texts,
        neardup.fleet_keys, neardup.fleet_queue;
      """)
  }

  private func plan(_ statement: String, _ parameters: [String?]) throws -> String {
    try database.run("EXPLAIN " + statement, parameters).rows.compactMap { $0[0] }
      .joined(separator: "\n")
  }

  @Test("no statement of a batch reads a table whole")
  func plans() throws {
    let list = "{1,2,3,4,5,6,7,8}"
    typealias Statement = FleetReader.Statement
    let asked: [(String, [String?], String)] = [
      (Statement.changes, ["128"], "fleet_queue_pkey"),
      (Statement.homes, [list, list], "fleet_members_cluster"),
      (Statement.documents, [list, list], "fleet_members_document"),
      (Statement.keys, [list], "fleet_keys_pkey"),
      (Statement.texts, [list], "fleet_members_pkey"),
      (Statement.representatives, [list], "fleet_members_fleet_cluster"),
      (Statement.tokens, [list], "fleet_texts_pkey"),
      (Statement.fold, ["1", "2"], "fleet_members_fleet_cluster"),
    ]
    for (statement, parameters, index) in asked {
      let plan = try plan(statement, parameters)
      #expect(plan.contains(index), "\(plan)")
      #expect(!plan.contains("Seq Scan"), "\(plan)")
    }
  }

  @Test("what a key gives is bounded, however common it is")
  func bounded() throws {
    try database.run(
      "INSERT INTO neardup.fleet_keys (key, text) SELECT 42, n FROM generate_series(1, 5000) n")
    let found = try FleetReader(database: database).listed([42, 43])
    #expect(found[42]?.count == 33)
    #expect(found[43] == nil)
  }
}
