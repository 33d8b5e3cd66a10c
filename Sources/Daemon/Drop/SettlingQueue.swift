// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import HeapModule

/// Files that changed and are given time to settle, on the monotonic clock.
///
/// A pure state machine: the caller brings the time. One entry per file however many events it
/// has, so that a writer cannot make it grow; the heap holds one item per entry and an item that
/// comes up early, because its file changed again, goes back with the later deadline.
package struct SettlingQueue {
  /// Nanoseconds on the monotonic clock.
  package typealias Instant = UInt64

  package enum Change: Sendable {
    /// Complete under this name from the start (rename into place).
    case movedIn
    /// A writer closed it; others may follow.
    case closed
    /// Created, written or linked, and perhaps still open for writing.
    case written
    /// Permissions, owner, links or stamps changed; nothing is known of the content.
    case attributesChanged
  }

  package struct Ready: Equatable, Sendable {
    package var key: DroppedFile
    /// Whether a reader must first make sure that nobody has the file open for writing.
    package var mayBeOpen: Bool
    /// Whether a reader must first make sure that it was not written lately: events may have been
    /// lost. A file that was moved in is complete however young it is.
    package var mustBeQuiet: Bool
    /// How often in a row it was found busy.
    package var attempts: Int
  }

  private struct Entry {
    var deadline: Instant
    var mayBeOpen: Bool
    var mustBeQuiet = true
    var attempts: Int
  }

  private struct Item: Comparable {
    var deadline: Instant
    var order: UInt64
    var key: DroppedFile

    static func < (left: Item, right: Item) -> Bool {
      (left.deadline, left.order) < (right.deadline, right.order)
    }
    static func == (left: Item, right: Item) -> Bool { left.order == right.order }
  }

  /// How long a file must be quiet, in nanoseconds.
  package var settle: UInt64
  /// The longest wait between two looks at a file that is kept open: thirty seconds.
  package static let longestWait: UInt64 = 30_000_000_000

  private var entries: [DroppedFile: Entry] = [:]
  private var heap = Heap<Item>()
  private var nextOrder: UInt64 = 0

  package init(settle: UInt64) { self.settle = settle }

  package var count: Int { entries.count }
  package var isEmpty: Bool { entries.isEmpty }

  /// When the next file may be ready; a file that changed since may put it off.
  package var nextDeadline: Instant? { heap.min?.deadline }

  package mutating func note(_ key: DroppedFile, _ change: Change, now: Instant) {
    let known = entries[key]
    var entry = known ?? Entry(deadline: now, mayBeOpen: false, attempts: 0)
    switch change {
    case .movedIn:
      entry = Entry(deadline: now, mayBeOpen: false, mustBeQuiet: false, attempts: 0)
    case .closed:
      entry = Entry(deadline: now + settle, mayBeOpen: false, attempts: 0)
    case .written:
      entry = Entry(deadline: now + settle, mayBeOpen: true, attempts: 0)
    case .attributesChanged:
      // A writer's own events say more.
      if known != nil { return }
      entry = Entry(deadline: now + settle, mayBeOpen: true, attempts: 0)
    }
    entries[key] = entry
    // An earlier deadline needs an item of its own; the later item is dropped when it comes up.
    if let known, known.deadline <= entry.deadline { return }
    push(key, entry.deadline)
  }

  /// Puts a file off that was found open or changing; each time in a row doubles the wait.
  package mutating func putOff(_ key: DroppedFile, attempts: Int, now: Instant) {
    if entries[key] != nil { return }
    let doublings = UInt64(1) << UInt64(min(max(attempts, 0), 20))
    let wait = min(max(settle, 10_000_000) &* doublings, Self.longestWait)
    let entry = Entry(deadline: now + wait, mayBeOpen: true, attempts: attempts)
    entries[key] = entry
    push(key, entry.deadline)
  }

  /// The next file whose time has come, in the order of the deadlines.
  package mutating func popReady(now: Instant) -> Ready? {
    while let item = heap.min, item.deadline <= now {
      heap.removeMin()
      guard let entry = entries[item.key] else { continue }
      if entry.deadline > now {
        push(item.key, entry.deadline)
        continue
      }
      entries[item.key] = nil
      return Ready(
        key: item.key, mayBeOpen: entry.mayBeOpen, mustBeQuiet: entry.mustBeQuiet,
        attempts: entry.attempts)
    }
    return nil
  }

  /// The file is gone or went elsewhere before it settled.
  package mutating func remove(_ key: DroppedFile) { entries[key] = nil }

  /// Forgets all files of a directory and below it.
  package mutating func remove(drop: Int, below directory: [UInt8]) {
    for key in entries.keys where key.drop == drop && RelativePath.isInside(key.path, directory) {
      entries[key] = nil
    }
  }

  package func contains(_ key: DroppedFile) -> Bool { entries[key] != nil }

  private mutating func push(_ key: DroppedFile, _ deadline: Instant) {
    heap.insert(Item(deadline: deadline, order: nextOrder, key: key))
    nextOrder += 1
  }

  /// Every entry has an item that comes up no later than its deadline.
  package func checkInvariants() {
    #if DEBUG
      var earliest: [DroppedFile: Instant] = [:]
      for item in heap.unordered {
        earliest[item.key] = min(item.deadline, earliest[item.key] ?? .max)
      }
      for (key, entry) in entries {
        precondition((earliest[key] ?? .max) <= entry.deadline, "an entry would never come up")
      }
    #endif
  }
}
