// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

/// A value under /proc/sys that a test changes for everybody, and puts back.
enum KernelSetting: String {
  case queuedEvents = "fs/inotify/max_queued_events"
  case watches = "fs/inotify/max_user_watches"

  private var path: String { "/proc/sys/\(rawValue)" }

  func with<Value>(_ value: Int, _ body: () throws -> Value) throws -> Value {
    let before = try FileSystem.read(path)
    try FileSystem.append("\(value)\n".utf8, to: path)
    defer { try? FileSystem.append(before, to: path) }
    return try body()
  }
}
