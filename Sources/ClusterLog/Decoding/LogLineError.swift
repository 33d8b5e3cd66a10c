// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Why a line is not a record of this schema, in words, without file and line number.
package struct LogLineError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }

  static func malformed(at offset: Int) -> Self { Self("is not JSON at byte \(offset + 1)") }
  static func missing(_ field: String) -> Self { Self("has no \"\(field)\"") }
  static func wrong(_ field: String) -> Self { Self("has a wrong \"\(field)\"") }
}
