// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A file was looked at and not taken.
package struct Skipped: Sendable, Equatable {
  /// The drop directory's bytes; only where several are watched.
  package var drop: [UInt8]?
  /// The path relative to the drop directory, raw bytes; of a member of a container see
  /// ``MemberPath``.
  package var path: [UInt8]
  /// Why, as one of the log's fixed words.
  package var reason: SkipReason
  /// Why, in words, with the numbers.
  package var detail: String

  /// Makes a value from its fields.
  package init(
    drop: [UInt8]? = nil, path: [UInt8], reason: SkipReason, detail: String
  ) {
    self.drop = drop
    self.path = path
    self.reason = reason
    self.detail = detail
  }
}
