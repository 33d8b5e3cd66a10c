// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Testing

/// All tests that set variables: libsystemd reads the environment of the process, so that only
/// one of them may run at a time.
@Suite("Process environment", .serialized, .timeLimit(.minutes(10)))
enum ProcessEnvironment {
  /// Sets a variable while `body` runs; nil takes it away.
  static func with<Answer>(
    _ variables: [String: String?], _ body: () throws -> Answer
  ) rethrows -> Answer {
    let before = variables.keys.map { name in (name, getenv(name).map { String(cString: $0) }) }
    for (name, value) in variables { set(name, value) }
    defer { for (name, value) in before { set(name, value) } }
    return try body()
  }

  private static func set(_ name: String, _ value: String?) {
    if let value { setenv(name, value, 1) } else { unsetenv(name) }
  }
}
