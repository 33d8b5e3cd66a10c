// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One run of `neardup`, the companion command, from the same build as the daemon under test.
package struct CompanionRun: Sendable {
  package let exitStatus: ExitStatus
  package let standardOutput: String
  package let standardError: String

  /// Runs it to its end; `environment` is added to that of ``DaemonBinary``.
  package init(
    _ arguments: [String], environment: [String: String] = [:], within seconds: Double = 30
  ) throws {
    let variables = DaemonBinary.environment.merging(environment) { $1 }
    let process = try ChildProcess(Self.path, arguments, environment: variables)
    exitStatus = try process.waitForExit(within: seconds)
    standardOutput = process.standardOutput
    standardError = process.standardError
  }

  /// `neardup` beside the daemon.
  package static let path: String = {
    let daemon = DaemonBinary.path
    let directory = daemon.lastIndex(of: "/").map { daemon[...$0] } ?? ""
    return "\(directory)neardup"
  }()
}
