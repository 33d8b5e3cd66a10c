// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the command line says about the configuration.
package struct ConfigurationOverrides: Sendable, Equatable {
  /// The file given with `--config`.
  package var file: String?
  /// The values given, by the option's name without its dashes: "drop-directory".
  package var values: [String: [String]] = [:]

  /// No option given.
  package init() {}
}
