// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Companion

/// The options of all commands that look at the fleet.
package struct FleetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Connect like this.",
      discussion: """
        A connection string of libpq without a password. Otherwise NEARDUP_LINK_DATABASE is taken, \
        and what libpq finds by itself: PGHOST, PGDATABASE, PGSERVICE.
        """, valueName: "conninfo"))
  package var database: String?

  @Flag(help: "Print JSON.") package var json = false

  package init() {}

  /// Connects, asks, prints, and ends as that wants.
  func answer(_ body: @escaping @Sendable (FleetQuestion, Bool) throws -> String) async throws {
    let json = json
    try await ask { question in try StandardOutput.write(body(question, json).utf8) }
  }

  /// Connects and hands the connection on.
  func ask(_ body: @escaping @Sendable (FleetQuestion) throws -> Void) async throws {
    do {
      var settings = try ConnectionSettings(
        database ?? ConnectionSettings.variable("NEARDUP_LINK_DATABASE") ?? "", program: "neardup")
      // A standby answers as well.
      if settings.parameters["target_session_attrs"] == "read-write" {
        settings.parameters["target_session_attrs"] = "any"
      }
      for warning in settings.warnings { StandardOutput.tell(warning) }
      let found = settings
      try await LinkProgram.blocking { patience in
        do {
          try body(FleetQuestion(found, patience))
        } catch StandardOutput.Failure.closed {
          // Nobody reads any more.
        }
      }
    } catch let failure as LinkFailure {
      try LinkProgram.finish(failure)
    }
  }
}

/// "f12" or "12".
enum FleetNumber {
  static func read(_ text: String) -> UInt32? {
    UInt32(text.hasPrefix("f") ? String(text.dropFirst()) : text)
      .flatMap { $0 > 0 && $0 <= UInt32(Int32.max) ? $0 : nil }
  }
}
