// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Companion

/// `neardup-link migrate`
package struct MigrateCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Bring the tables and roles to this link's version.",
    discussion: """
      Run it as who is to own the tables. The roles neardup_writer and neardup_reader are made \
      where that is allowed. Several may run at once.
      """)

  @OptionGroup package var options: LinkOptions

  package init() {}

  package func run() async throws {
    do {
      let settings = try options.connection()
      for warning in settings.warnings { StandardOutput.tell(warning, as: "neardup-link") }
      try await LinkProgram.blocking { patience in
        let database = try PostgresConnection(settings, patience)
        let outcome = try LinkSchema.migrate(database, always: true)
        for warning in outcome.warnings { StandardOutput.tell(warning, as: "neardup-link") }
        let text =
          outcome.found == LinkSchema.version
          ? "the tables are of version \(outcome.found) already\n"
          : "the tables were brought from version \(outcome.found) to \(LinkSchema.version)\n"
        try StandardOutput.write(text.utf8)
      }
    } catch let failure as LinkFailure {
      try LinkProgram.finish(failure)
    }
  }
}
