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
    let variables = Self.environment.merging(environment) { $1 }
    let process = try ChildProcess(Self.path, arguments, environment: variables)
    exitStatus = try process.waitForExit(within: seconds)
    standardOutput = process.standardOutput
    standardError = process.standardError
  }

  /// What it is run with when nothing more is given.
  package static let environment: [String: String] = {
    var variables = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
    if let libraries = getenv("LD_LIBRARY_PATH") {
      variables["LD_LIBRARY_PATH"] = String(cString: libraries)
    }
    return variables
  }()

  /// `neardup` beside the daemon.
  package static let path: String = {
    let daemon = DaemonBinary.path
    let directory = daemon.lastIndex(of: "/").map { daemon[...$0] } ?? ""
    return "\(directory)neardup"
  }()
}
