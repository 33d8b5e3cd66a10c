// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// One run of `neardup`, the companion command, from the same build as the daemon under test.
package struct CompanionRun: Sendable {
  package let exitStatus: ExitStatus
  package let standardOutput: String
  package let standardError: String

  /// Runs it to its end. Nothing of the environment is inherited but the path.
  package init(
    _ arguments: [String], environment: [String: String] = [:], within seconds: Double = 30
  ) throws {
    var variables = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
    variables.merge(environment) { $1 }
    let process = try ChildProcess(Self.path, arguments, environment: variables)
    exitStatus = try process.waitForExit(within: seconds)
    standardOutput = process.standardOutput
    standardError = process.standardError
  }

  /// `neardup` beside the daemon.
  private static let path: String = {
    let daemon = DaemonBinary.path
    let directory = daemon.lastIndex(of: "/").map { daemon[...$0] } ?? ""
    return "\(directory)neardup"
  }()
}
