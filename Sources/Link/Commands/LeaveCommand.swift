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
    try await LinkProgram.withKnownHost(options) { entry, database in
      try HostRemoval(database: database, host: entry.host).run(withHost: true)
      try FleetLoop.linkPresent(database)
      try StandardOutput.write("host \(TerminalText.safe(entry.name)) has left\n".utf8)
    }
  }
}
