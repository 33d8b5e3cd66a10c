// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The tables and views in the database and how they came to be, one step per version.
///
/// They are a contract: other programs read them. A step that was released is never changed. The
/// version stands in `neardup.schema_version`, so that a link knows what it finds.
package enum LinkSchema {
  /// The newest version this link knows.
  package static var version: Int { steps.count }

  /// The version that fleet clusters came with.
  static let fleetVersion = 2

  /// What leads from each version to the next.
  static let steps = [
    firstTables + firstComments + firstHistory + firstViews,
    fleetTables + fleetComments + fleetViews,
  ]

  /// What a migration found and did.
  package struct Outcome: Sendable, Equatable {
    /// The version before; 0 for an empty database.
    package var found: Int
    /// What could not be done, each with what to do about it.
    package var warnings: [String] = []
  }

  /// Brings the database to the newest version; several links may try at once.
  ///
  /// - Parameter always: whether roles are seen to where the tables are as they should be.
  @discardableResult
  package static func migrate(
    _ database: PostgresConnection, always: Bool = false
  ) throws -> Outcome {
    let found = try versionFound(database)
    if found == version, !always { return Outcome(found: found) }
    try refuseNewer(found)
    try requireEncoding(database)
    do {
      return try attempt(database)
    } catch let error as PostgresError where error.state == "42710" {
      // A link of another database of this server made the roles in this moment.
      return try attempt(database)
    }
  }

  private static func attempt(_ database: PostgresConnection) throws -> Outcome {
    try database.run("BEGIN")
    do {
      // One at a time; the others find it done.
      try database.run("SELECT pg_advisory_xact_lock(\(lockClass), 0)")
      var outcome = Outcome(found: try versionFound(database))
      try refuseNewer(outcome.found)
      for (index, step) in steps.enumerated().dropFirst(outcome.found) {
        // A large table may take its time.
        try database.run("SET LOCAL statement_timeout = 0")
        try database.run(step, within: .seconds(3600))
        try database.run(
          "INSERT INTO neardup.schema_version (version) VALUES ($1::integer)", ["\(index + 1)"])
      }
      outcome.warnings = try LinkRoles.grant(database)
      try database.run("COMMIT")
      return outcome
    } catch {
      _ = try? database.run("ROLLBACK")
      throw error
    }
  }

  /// The version of the tables; 0 where there are none.
  package static func versionFound(_ database: PostgresConnection) throws(PostgresError) -> Int {
    // Not by to_regclass(), which may still say what was true before the lock was waited for.
    let isThere = try database.run(
      """
      SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'neardup' AND c.relname = 'schema_version'
      """)
    guard !isThere.rows.isEmpty else { return 0 }
    let found = try database.run("SELECT max(version) FROM neardup.schema_version").value
    return found.flatMap { Int($0) } ?? 0
  }

  /// Refuses tables that are not this link's to write.
  package static func require(_ database: PostgresConnection) throws {
    let found = try versionFound(database)
    try refuseNewer(found)
    guard found == version else {
      throw LinkFailure(
        .configuration,
        "the tables are of version \(found), this link writes version \(version); run neardup-link "
          + "migrate as a user who owns them or may create them")
    }
  }

  private static func refuseNewer(_ found: Int) throws(LinkFailure) {
    guard found > version else { return }
    throw LinkFailure(
      .configuration,
      "the tables are of version \(found), this link knows versions up to \(version); install a "
        + "newer neardup-link on this host")
  }

  /// Paths and titles may be in any script.
  private static func requireEncoding(_ database: PostgresConnection) throws {
    let encoding = try database.run("SHOW server_encoding").value ?? ""
    guard encoding == "UTF8" else {
      throw LinkFailure(
        .configuration,
        "the database is encoded in \(encoding), which cannot hold every title and path; make one "
          + "with createdb --encoding=UTF8 --template=template0")
    }
  }

  /// "NDup": the first key of all advisory locks of links.
  static let lockClass = 0x4E44_7570
}
