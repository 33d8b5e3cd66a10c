// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A configuration together with the account of how it came about.
package struct LoadedConfiguration: Sendable, Equatable {
  package var configuration: DaemonConfiguration
  /// The file that was read, as it was named; nil when there was none.
  package var file: String?
  /// The directory systemd prepared for sockets and the like; nil outside a service.
  package var runtimeDirectory: String?
  /// What is worth a word but stops nothing.
  package var warnings: [String]
  /// Where each value came from, by the key's path; keys at their defaults are absent.
  package var origins: [String: ConfigurationOrigin] = [:]

  package init(
    configuration: DaemonConfiguration, file: String?, runtimeDirectory: String?,
    warnings: [String]
  ) {
    self.configuration = configuration
    self.file = file
    self.runtimeDirectory = runtimeDirectory
    self.warnings = warnings
  }

  /// Where a key's value came from, by the key's path.
  package func origin(of key: String) -> ConfigurationOrigin {
    origins[key] ?? .default
  }
}
