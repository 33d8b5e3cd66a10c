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
    let places = ResultPlaces(options.places)
    try await LinkProgram.withKnownHost(options) { entry, database in
      let restored = try HostRestoration(database: database, entry: entry, places: places).run()
      try StandardOutput.write("\(restored)\n".utf8)
    }
  }
}
