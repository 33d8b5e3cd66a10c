// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The version of the program, as `--version` prints it.
package enum Version {
  package static let current = "0.1.0"
}
