// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Something that did not happen in time; says what was there instead, for whoever reads the log.
package struct Overdue: Error, CustomStringConvertible {
  package let description: String

  private init(description: String) {
    self.description = description
  }

  package init(_ awaited: String, _ seconds: Double, found: String) {
    description = "not within \(seconds) s: \(awaited); found: \(found)"
  }

  /// The same with more about the process that was waited for.
  static func explained(_ overdue: Overdue, by more: String) -> Overdue {
    Overdue(description: "\(overdue.description)\n\(more)")
  }
}
