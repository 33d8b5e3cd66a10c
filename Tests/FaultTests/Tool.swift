// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// A program of the system that a test needs to make a fault.
enum Tool {
  struct Failed: Error, CustomStringConvertible {
    var description: String
  }

  private static let directories = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]

  static func isThere(_ name: String) -> Bool {
    directories.contains { access("\($0)/\(name)", X_OK) == 0 }
  }

  /// Runs it to its end and answers what it printed; throws unless it exits with 0.
  @discardableResult
  static func run(_ name: String, _ arguments: String..., within seconds: Double = 20) throws
    -> String
  {
    try run(name, arguments, within: seconds)
  }

  @discardableResult
  static func run(_ name: String, _ arguments: [String], within seconds: Double = 20) throws
    -> String
  {
    let process = try ChildProcess(
      name, arguments, environment: ["PATH": directories.joined(separator: ":"), "LC_ALL": "C"])
    let status = try process.waitForExit(within: seconds)
    guard status == .exited(0) else {
      throw Failed(description: "\(name) \(arguments): \(status), \(process.standardError)")
    }
    return process.standardOutput
  }
}
