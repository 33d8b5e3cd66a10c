// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A line of a part of the log.
package struct LinePlace: Sendable, Equatable {
  /// The file's name, raw bytes.
  package var file: [UInt8]
  /// From 1.
  package var line: Int

  package init(file: [UInt8], line: Int) {
    self.file = file
    self.line = line
  }
}
