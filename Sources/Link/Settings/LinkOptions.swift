// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
package import Companion
internal import Glibc

/// The options that tell which host is carried into which database, the same for all commands.
package struct LinkOptions: ParsableArguments {
  @OptionGroup package var places: CompanionOptions

  @Option(
    help: ArgumentHelp(
      "Connect like this.",
      discussion: """
        A connection string of libpq without a password, such as "service=neardup" or \
        "host=db.example.org dbname=neardup". Otherwise NEARDUP_LINK_DATABASE is taken, and what \
        libpq finds by itself: PGHOST, PGDATABASE, PGSERVICE.
        """, valueName: "conninfo"))
  package var database: String?

  @Option(
    help: ArgumentHelp(
      "Call this collection so in the database.",
      discussion: "Otherwise NEARDUP_LINK_HOST is taken, and else the name of the machine.",
      valueName: "name"))
  package var host: String?

  @Option(
    help: ArgumentHelp(
      "Append the records of the fleet to this file.",
      discussion: "Otherwise NEARDUP_LINK_FLEET_LOG is taken; without it none is written.",
      valueName: "file"))
  package var fleetLog: String?

  package init() {}

  package func validate() throws {
    if let host, !HostName.isValid(host) {
      throw ValidationError("--host is a name of 1 to 255 bytes without control characters.")
    }
  }

  /// How the database is reached.
  func connection() throws(LinkFailure) -> ConnectionSettings {
    try ConnectionSettings(
      database ?? ConnectionSettings.variable("NEARDUP_LINK_DATABASE") ?? "")
  }

  /// Where the records of the fleet go; nil for nowhere.
  func fleetLogPath() -> [UInt8]? {
    (fleetLog ?? ConnectionSettings.variable("NEARDUP_LINK_FLEET_LOG")).map { Array($0.utf8) }
  }

  /// What the collection is called, and whether somebody said so.
  func hostName() throws(LinkFailure) -> HostName {
    try HostName(given: host ?? ConnectionSettings.variable("NEARDUP_LINK_HOST"))
  }
}
