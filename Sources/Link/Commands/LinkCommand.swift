// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Control

/// The command `neardup-link` with all that it can do.
package struct LinkCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "neardup-link",
    abstract: "Carry the decisions of neardupd into PostgreSQL, from one host or many.",
    discussion: """
      It reads the state and the cluster log as neardup does and keeps tables in the schema \
      neardup of a database up to date: hosts, documents, clusters, stories, matches, records. The \
      daemon does not notice. A password is kept in a password file, never given here.

      EXAMPLES:
        Carry on and on, as the service does:
          neardup-link --database "service=neardup"

        Make the tables as their owner, and give a user the right to write them:
          neardup-link migrate --database dbname=neardup
          psql neardup -c 'GRANT neardup_writer TO "neardup-link"'

        A host with many documents joins:
          neardup-link join

      EXIT STATUS:
        0   done, or stopped cleanly
        64  wrong usage
        69  the database does not answer, or refuses
        74  the state or the log cannot be read
        75  another link is at work for this host
        78  somebody has to mend it first, as the message says
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, MigrateCommand.self, JoinCommand.self, LeaveCommand.self,
      RestoreHostCommand.self, HostsCommand.self, FleetCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  package init() {}
}
