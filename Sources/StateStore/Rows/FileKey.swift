// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The name of a file below a drop directory.
package struct FileKey: Sendable, Hashable {
  /// The number of the drop directory.
  package var drop: UInt32
  /// The path relative to it, raw bytes.
  package var path: [UInt8]

  /// Makes a value from its fields.
  package init(drop: UInt32, path: [UInt8]) {
    self.drop = drop
    self.path = path
  }
}
