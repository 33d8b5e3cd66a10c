// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

/// A daemon's standard error in a file of its own, to wait for what is said there.
final class Messages: Sendable {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private var path: String { directory.path("messages") }

  /// What to start the daemon with: the shell becomes the daemon, so the process stays the same.
  var launcher: [String] { ["sh", "-c", "exec \"$@\" 2>>'\(path)'", "sh"] }

  var lines: [Substring] {
    let bytes = (try? FileSystem.read(path)) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  func count(containing text: String) -> Int { lines.count { $0.contains(text) } }

  /// Waits until so many lines contain the text.
  func wait(for text: String, count: Int = 1, within seconds: Double = 10) throws {
    let deadline = MonotonicDeadline(seconds: seconds)
    let changes = try DirectoryChanges(of: directory.path)
    while self.count(containing: text) < count {
      if deadline.hasPassed {
        throw Overdue(
          "a message with \(text)", seconds, found: lines.suffix(20).joined(separator: "\n"))
      }
      changes.wait(until: deadline)
    }
  }
}
