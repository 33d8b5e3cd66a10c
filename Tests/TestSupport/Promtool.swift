// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Prometheus' own checker, where it is installed.
package enum Promtool {
  package static let isThere = access("/usr/bin/promtool", X_OK) == 0

  /// What `promtool check metrics` complains of; empty when it is content.
  package static func check(metrics text: String) throws -> String {
    let directory = try TemporaryDirectory()
    try FileSystem.write(text.utf8, to: directory.path("metrics"))
    let command = "promtool check metrics <'\(directory.path("metrics"))'"
    let process = try ChildProcess("/bin/sh", ["-c", command], environment: ["PATH": "/usr/bin"])
    let status = try process.waitForExit(within: 60)
    let said = process.standardError + process.standardOutput
    return status == .exited(0) ? said : "\(status): \(said)"
  }
}
