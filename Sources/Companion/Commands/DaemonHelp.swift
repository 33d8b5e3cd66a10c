// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The help of the commands that talk to a running daemon, which fail alike.
enum DaemonHelp {
  private static let failures = [
    "3  no daemon runs on that state directory", "4  there is one, and it cannot be asked",
  ]

  /// - Parameter ends: the exit statuses of a command that reached the daemon.
  static func text(examples: [String], ends: [String]) -> String {
    let lines =
      ["EXAMPLES:"] + examples.map { "  \($0)" } + ["", "EXIT STATUS:"]
      + (ends + failures).map { "  \($0)" }
    return lines.joined(separator: "\n")
  }
}
