// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Names a file by its drop directory and its path in it; the bytes are the
/// kernel's, never decoded.
package struct DroppedFile: Hashable, Sendable {
  /// The place of the drop directory in the configuration.
  package var drop: Int
  /// The path relative to the drop directory, without a leading slash.
  package var path: [UInt8]

  /// Names a file.
  package init(drop: Int, path: [UInt8]) {
    self.drop = drop
    self.path = path
  }
}
