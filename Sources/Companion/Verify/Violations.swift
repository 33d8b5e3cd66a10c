// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What breaks a promise: where it was found, and what it is.
package struct Violation: Sendable, Equatable {
  package var file: [UInt8]
  /// Nil where it is about a whole file.
  package var line: Int?
  package var message: String
}

/// All that was found, or the first of it: a damaged log may break a promise in each line.
package struct Violations: Sendable, Equatable {
  private static let limit = 1_000

  package private(set) var listed: [Violation] = []
  package private(set) var count = 0

  package init() {}

  mutating func append(_ message: String, at place: LinePlace) {
    append(Violation(file: place.file, line: place.line, message: message))
  }

  mutating func append(_ message: String, in file: [UInt8]) {
    append(Violation(file: file, line: nil, message: message))
  }

  private mutating func append(_ violation: Violation) {
    count += 1
    if listed.count < Self.limit { listed.append(violation) }
  }
}
