// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

@testable import Daemon

/// The naive settling queue: a dictionary that is searched whole for the earliest deadline.
struct SettlingModel {
  struct Entry {
    var deadline: UInt64
    var mayBeOpen: Bool
    var attempts: Int
  }

  var settle: UInt64
  var entries: [DroppedFile: Entry] = [:]

  mutating func note(_ key: DroppedFile, _ change: SettlingQueue.Change, now: UInt64) {
    switch change {
    case .movedIn: entries[key] = Entry(deadline: now, mayBeOpen: false, attempts: 0)
    case .closed: entries[key] = Entry(deadline: now + settle, mayBeOpen: false, attempts: 0)
    case .written: entries[key] = Entry(deadline: now + settle, mayBeOpen: true, attempts: 0)
    case .attributesChanged:
      if entries[key] == nil {
        entries[key] = Entry(deadline: now + settle, mayBeOpen: true, attempts: 0)
      }
    }
  }

  mutating func putOff(_ key: DroppedFile, attempts: Int, now: UInt64) {
    if entries[key] != nil { return }
    var wait = max(settle, 10_000_000)
    for _ in 0..<attempts where wait < 30_000_000_000 { wait *= 2 }
    entries[key] = Entry(
      deadline: now + min(wait, 30_000_000_000), mayBeOpen: true, attempts: attempts)
  }

  mutating func remove(drop: Int, below directory: String) {
    entries = entries.filter { key, _ in
      let path = String(decoding: key.path, as: UTF8.self)
      return key.drop != drop || !(directory.isEmpty || path.hasPrefix(directory + "/"))
    }
  }

  /// All whose time has come; the queue may give those of one deadline in any order.
  mutating func popAllReady(now: UInt64) -> [DroppedFile: Entry] {
    let ready = entries.filter { $0.value.deadline <= now }
    for key in ready.keys { entries[key] = nil }
    return ready
  }
}
