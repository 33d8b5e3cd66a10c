// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A configuration that cannot be put in force: where, which key, why, and what to do.
package struct ConfigurationError: Error, Sendable, Equatable {
  /// The source of the offending value.
  package var origin: ConfigurationOrigin
  /// The key, such as "drop.settle"; nil when the source as a whole is at fault.
  package var key: String?
  package var reason: String
  /// What would put it right, where that can be said.
  package var remedy: String?
  /// The other errors of the same load, so that all can be put right at once.
  package var further: [ConfigurationError] = []

  package init(
    _ origin: ConfigurationOrigin, key: String? = nil, _ reason: String, remedy: String? = nil
  ) {
    self.origin = origin
    self.key = key
    self.reason = reason
    self.remedy = remedy
  }

  /// The status the program exits with: EX_CONFIG of sysexits.h(3head).
  package static let exitStatus: Int32 = 78

  /// The file at fault, as it was named.
  package var file: String? {
    if case .file(let path, _) = origin { path } else { nil }
  }

  /// The line at fault, from 1.
  package var line: Int? {
    if case .file(_, let line) = origin { line } else { nil }
  }
}

extension ConfigurationError: CustomStringConvertible {
  /// One line per error: "neardupd.toml:12: drop.settel: unknown key; did you mean drop.settle?".
  package var description: String {
    let place = origin == .default ? nil : "\(origin)"
    let parts = [place, key, reason].compactMap(\.self)
    let own = parts.joined(separator: ": ") + (remedy.map { "; \($0)" } ?? "")
    return ([own] + further.map(\.description)).joined(separator: "\n")
  }
}
