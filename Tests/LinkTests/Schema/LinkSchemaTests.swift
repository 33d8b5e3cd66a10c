// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Link

@Suite(
  .serialized, .timeLimit(.minutes(5)),
  .enabled(if: PostgresServer.isPossible, "needs postgresql"))
struct LinkSchemaTests {
  private let empty: TestDatabase
  private var server: PostgresServer { empty.server }
  private var database: PostgresConnection { empty.connection }

  init() throws {
    empty = try TestDatabase()
  }

  @Test("tables of the first version with rows in them are brought to this one")
  func upgrade() throws {
    try database.run(LinkSchema.steps[0])
    try database.run(
      """
      INSERT INTO neardup.schema_version (version) VALUES (1);
      INSERT INTO neardup.hosts (name, seq) VALUES ('old', 7);
      INSERT INTO neardup.documents (seq, time, bytes, host, document, cluster, assigned_cluster,
        words, relation, sha256, path) VALUES (7, now(), 1, 1, 1, 1, 1, 1, 'first', '', 'a.txt');
      """)
    #expect(try LinkSchema.migrate(database).found == 1)
    #expect(try LinkSchema.versionFound(database) == LinkSchema.version)
    #expect(try LinkSchema.migrate(database).found == LinkSchema.version)
    // What was there is to be given to the fleet, and nothing is lost.
    let host = try #require(try HostEntry.find("old", database))
    #expect(!host.isFleetReady)
    #expect(host.sequence == 7)
    #expect(
      try server.sql("SELECT path, fleet_cluster IS NULL FROM neardup.fleet_documents")
        == "a.txt|t")
    #expect(
      try server.sql(
        "SELECT has_table_privilege('neardup_writer', 'neardup.fleet_members', 'INSERT'), "
          + "has_table_privilege('neardup_reader', 'neardup.fleet_documents', 'SELECT'), "
          + "has_table_privilege('neardup_reader', 'neardup.fleet_members', 'INSERT')") == "t|t|f")
  }
}
