// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The roles that the database's administrator gives to users: one writes, one reads.
///
/// Roles belong to the whole server, not to a database, and making them needs a right that the
/// owner of the tables may lack; then what is to be done is said.
package enum LinkRoles {
  package static let writer = "neardup_writer"
  package static let reader = "neardup_reader"

  /// Makes the roles where they are not there, and gives them what they need; inside a transaction
  /// that holds the lock of migrations, since two grants at once fail.
  ///
  /// - Returns: What could not be done, with what to do about it.
  static func grant(_ database: PostgresConnection) throws(PostgresError) -> [String] {
    let mayCreate = try database.run(
      "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    var missing: [String] = []
    for (role, statements) in [(reader, readerGrants), (writer, writerGrants)] {
      let found = try database.run("SELECT 1 FROM pg_roles WHERE rolname = $1", [role])
      if found.rows.isEmpty {
        guard mayCreate.value == "t" else {
          missing.append(role)
          continue
        }
        try database.run("CREATE ROLE \(role) NOLOGIN")
      }
      try database.run(statements)
    }
    return missing.map {
      "role \($0) is not there, and this user may not make it; as a superuser: CREATE ROLE \($0) "
        + "NOLOGIN; then run neardup-link migrate again"
    }
  }

  private static let readerGrants = """
    GRANT USAGE ON SCHEMA neardup TO \(reader);
    GRANT SELECT ON ALL TABLES IN SCHEMA neardup TO \(reader);
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA neardup TO \(reader);
    """

  private static let writerGrants = """
    GRANT USAGE ON SCHEMA neardup TO \(writer);
    GRANT SELECT ON ALL TABLES IN SCHEMA neardup TO \(writer);
    GRANT INSERT, UPDATE, DELETE ON neardup.hosts, neardup.documents, neardup.clusters,
      neardup.stories, neardup.other_records, neardup.fleet, neardup.fleet_queue,
      neardup.fleet_members, neardup.fleet_texts, neardup.fleet_keys, neardup.fleet_clusters,
      neardup.fleet_log TO \(writer);
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA neardup TO \(writer);
    """
}
