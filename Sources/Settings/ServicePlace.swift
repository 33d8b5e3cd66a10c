// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A place that systemd prepares for a service and names in its environment, systemd.exec(5), or
/// that the unit itself names there.
struct ServicePlace: Sendable {
  /// The variable: "STATE_DIRECTORY". It may hold several directories separated by colons.
  let variable: String
  /// What is appended to the first of them.
  package let file: String?

  package static let state = ServicePlace(variable: "STATE_DIRECTORY", file: nil)
  package static let clusterLog = ServicePlace(variable: "LOGS_DIRECTORY", file: "clusters.jsonl")
  package static let configuration = ServicePlace(
    variable: "CONFIGURATION_DIRECTORY", file: "neardupd.toml")
  /// systemd has no such directory; `neardupd@.service` sets it, so that no instance reads the drop
  /// directory of another.
  package static let spool = ServicePlace(variable: "SPOOL_DIRECTORY", file: "drop")
  static let runtime = ServicePlace(variable: "RUNTIME_DIRECTORY", file: nil)

  /// The place in an environment; nil where systemd named none.
  package func path(in environment: [String: String]) -> String? {
    guard let first = environment[variable]?.split(separator: ":").first else { return nil }
    return file.map { "\(first)/\($0)" } ?? String(first)
  }
}
