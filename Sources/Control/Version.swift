// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The version of the program, as `--version` prints it.
package enum Version {
  /// Semantic versioning, as in CHANGELOG.md.
  package static let current = "0.1.0"
}
