// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The memory that inotify events are read into, made once and used for every read.
package struct EventBuffer: ~Copyable, Sendable {
  /// 64 KiB hold some 2,000 events with names of 16 bytes, so a burst takes few reads.
  package static let capacity = 64 * 1024

  var bytes = [UInt8](repeating: 0, count: capacity)

  package init() {}
}
