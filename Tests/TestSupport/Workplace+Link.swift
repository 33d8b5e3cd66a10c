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
      linkOptions(server, host: host, user: user), log: log, program: LinkRun.path, keeping: self)
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
  ) throws -> LinkRun {
    try LinkRun([command] + linkOptions(server, host: host) + more)
  }
}

/// One run of a command of `neardup-link`, from the same build as the daemon under test.
package struct LinkRun: Sendable {
  package let exitStatus: ExitStatus
  package let standardOutput: String
  package let standardError: String

  package init(
    _ arguments: [String], environment: [String: String] = [:], within seconds: Double = 120
  ) throws {
    let variables = DaemonBinary.environment.merging(environment) { $1 }
    let process = try ChildProcess(Self.path, arguments, environment: variables)
    exitStatus = try process.waitForExit(within: seconds)
    standardOutput = process.standardOutput
    standardError = process.standardError
  }

  /// `neardup-link` beside the daemon.
  package static let path: String = {
    let daemon = DaemonBinary.path
    let directory = daemon.lastIndex(of: "/").map { daemon[...$0] } ?? ""
    return "\(directory)neardup-link"
  }()
}
