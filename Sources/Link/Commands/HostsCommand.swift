// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import ClusterLog
internal import Companion

/// `neardup-link hosts`
package struct HostsCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "hosts", abstract: "List the hosts of the database and how far each was carried.",
    discussion: "One line for each, parted by tabs: name, last record, its time.")

  @OptionGroup package var options: LinkOptions

  package init() {}

  package func run() async throws {
    do {
      let settings = try options.connection()
      try await LinkProgram.blocking { patience in
        let database = try PostgresConnection(settings, patience)
        try LinkSchema.require(database)
        for entry in try HostEntry.all(database) {
          let time = entry.time.map { LogTime.text($0) } ?? "-"
          try StandardOutput.write(
            "\(TerminalText.safe(entry.name))\t\(entry.sequence)\t\(time)\n".utf8)
        }
      }
    } catch let failure as LinkFailure {
      try LinkProgram.finish(failure)
    }
  }
}
