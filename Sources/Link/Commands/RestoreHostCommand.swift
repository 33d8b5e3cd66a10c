// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Companion

/// `neardup-link restore-host`
package struct RestoreHostCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "restore-host",
    abstract: "Take back what a host has forgotten since its state was restored from a backup.",
    discussion: """
      The host gives out numbers anew that the database knows already. What both have stays; what \
      came behind it is deleted, and the service then carries what the host has decided since. \
      Where nothing is common to both, this is another collection, and nothing is changed.
      """)

  @OptionGroup package var options: LinkOptions

  package init() {}

  package func run() async throws {
    do {
      let settings = try options.connection()
      let host = try options.hostName()
      let places = ResultPlaces(options.places)
      try await LinkProgram.blocking { patience in
        let database = try PostgresConnection(settings, patience)
        try LinkSchema.require(database)
        guard let entry = try HostEntry.find(host.name, database) else {
          throw LinkFailure(
            .configuration, "the database has no host \(TerminalText.safe(host.name))")
        }
        try LinkSession.lock(entry, database, patience)
        let restored = try HostRestoration(database: database, entry: entry, places: places).run()
        try StandardOutput.write("\(restored)\n".utf8)
      }
    } catch let failure as LinkFailure {
      try LinkProgram.finish(failure)
    }
  }
}
