// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One run of a program of the same build as the daemon under test.
package struct ProgramRun: Sendable {
  package let exitStatus: ExitStatus
  package let standardOutput: String
  package let standardError: String

  /// Runs it to its end; `environment` is added to that of ``DaemonBinary``.
  package init(
    _ program: BuiltProgram, _ arguments: [String],
    environment: [String: String] = [:], within seconds: Double = 30
  ) throws {
    let variables = DaemonBinary.environment.merging(environment) { $1 }
    let process = try ChildProcess(program.path, arguments, environment: variables)
    exitStatus = try process.waitForExit(within: seconds)
    standardOutput = process.standardOutput
    standardError = process.standardError
  }

  /// The same of `neardup`.
  package init(
    _ arguments: [String], environment: [String: String] = [:], within seconds: Double = 30
  ) throws {
    try self.init(.companion, arguments, environment: environment, within: seconds)
  }
}

/// A program that is built beside the daemon.
package enum BuiltProgram: String, Sendable {
  case companion = "neardup"
  case link = "neardup-link"

  package var path: String {
    let daemon = DaemonBinary.path
    let directory = daemon.lastIndex(of: "/").map { daemon[...$0] } ?? ""
    return "\(directory)\(rawValue)"
  }
}
