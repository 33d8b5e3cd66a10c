// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Workplace {
  /// The options of `neardup-link` that name these places and a server.
  package func linkOptions(
    _ server: PostgresServer, host: String, user: String = "postgres"
  ) -> [String] {
    companionOptions + ["--database", server.connection(user: user), "--host", host]
  }

  /// Starts a link of these places and does not wait.
  package func launchLink(
    to server: PostgresServer, host: String, user: String = "postgres"
  ) throws -> RunningDaemon {
    try RunningDaemon(
      linkOptions(server, host: host, user: user), log: log, program: BuiltProgram.link.path,
      keeping: self)
  }

  /// The same, and waits until it is ready.
  package func startLink(to server: PostgresServer, host: String) throws -> RunningDaemon {
    let link = try launchLink(to: server, host: host)
    try link.waitUntilReady()
    return link
  }

  /// Runs a command of `neardup-link` on these places.
  package func link(
    _ command: String, to server: PostgresServer, host: String, more: [String] = []
  ) throws -> ProgramRun {
    try ProgramRun(.link, [command] + linkOptions(server, host: host) + more, within: 120)
  }
}
