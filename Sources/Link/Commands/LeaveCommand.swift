// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Companion

/// `neardup-link leave`
package struct LeaveCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "leave", abstract: "Take a host out of the database.",
    discussion: """
      All its rows are deleted; the link of the host must not be running. It works from any host \
      with --host, so that one that is gone for good can be taken out.
      """)

  @OptionGroup package var options: LinkOptions

  package init() {}

  package func run() async throws {
    do {
      let settings = try options.connection()
      let host = try options.hostName()
      try await LinkProgram.blocking { patience in
        let database = try PostgresConnection(settings, patience)
        try LinkSchema.require(database)
        guard let entry = try HostEntry.find(host.name, database) else {
          throw LinkFailure(
            .configuration,
            "the database has no host \(TerminalText.safe(host.name)); neardup-link hosts lists "
              + "those it has")
        }
        try LinkSession.lock(entry, database, patience)
        try HostRemoval(database: database, host: entry.host).run(withHost: true)
        try StandardOutput.write("host \(TerminalText.safe(entry.name)) has left\n".utf8)
      }
    } catch let failure as LinkFailure {
      try LinkProgram.finish(failure)
    }
  }
}
