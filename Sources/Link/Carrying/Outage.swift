// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A time in which the database takes nothing: told when it begins, when its reason changes, and
/// when it is over, and counted between.
package struct Outage: Sendable {
  private var reason: PostgresError.Kind?
  private var attempts = 0

  package init() {}

  /// One more try failed.
  ///
  /// - Returns: Whether it is to be told.
  package mutating func failed(_ error: PostgresError) -> Bool {
    attempts += 1
    defer { reason = error.kind }
    return reason != error.kind
  }

  /// The database took something.
  ///
  /// - Returns: How many tries had failed; nil when none had.
  package mutating func ended() -> Int? {
    guard reason != nil else { return nil }
    defer { self = Outage() }
    return attempts
  }
}
