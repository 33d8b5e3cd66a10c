// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import HeapModule
internal import Posix

/// Files that changed and are given time to settle, on the monotonic clock.
///
/// A pure state machine: the caller brings the time. One entry per file however many events it
/// has, so that a writer cannot make it grow. Each entry has one item in the heap; an item that
/// comes up early, because its file changed again, goes back with the later deadline. Items of
/// entries that were removed or became due earlier stay behind, and are swept out before they
/// outnumber the others: nobody may be taking files out while names come and go.
package struct SettlingQueue {
  /// Nanoseconds on the monotonic clock.
  package typealias Instant = UInt64

  /// What happened to a file, as far as it says when the file will be complete.
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

  /// A file whose time has come.
  package struct Ready: Equatable, Sendable {
    /// The file.
    package var key: DroppedFile
    /// Whether a reader must first make sure that nobody has the file open for writing.
    package var mayBeOpen: Bool
    /// Whether a reader must first make sure that it was not written lately: events may have been
    /// lost. A file that was moved in is complete however young it is.
    package var mustBeQuiet = true
    /// How often in a row it was found busy.
    package var attempts: Int
    /// How it was found the last time, where only time tells whether it is complete.
    package var seen: SeenFile?
  }

  private struct Entry {
    var deadline: Instant
    var mayBeOpen: Bool
    var mustBeQuiet = true
    var attempts: Int
    var seen: SeenFile?
    /// The item of the heap that stands for this entry.
    var order: UInt64 = 0
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
  package private(set) var settle: UInt64
  /// The longest wait between two looks at a file that is kept open: thirty seconds.
  package static let longestWait: UInt64 = 30_000_000_000

  private var entries: [DroppedFile: Entry] = [:]
  private var heap = Heap<Item>()
  private var nextOrder: UInt64 = 0

  /// - Parameter settle: nanoseconds of quiet after which a written file counts as complete.
  package init(settle: UInt64) { self.settle = settle }

  /// Files that wait.
  package var count: Int { entries.count }
  /// Whether no file waits.
  package var isEmpty: Bool { entries.isEmpty }

  /// When the next file may be ready; a file that changed since or went away may put it off.
  package var nextDeadline: Instant? { heap.min?.deadline }

  /// Takes note of an event; the last word of several counts.
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
    if let known, known.deadline <= entry.deadline {
      entry.order = known.order
      entries[key] = entry
      return
    }
    // An earlier deadline needs an item of its own; the later item is left behind.
    push(key, entry)
  }

  /// Puts a new time of quiet in force, also for those that wait already: none of them waits
  /// longer from now on than it does.
  package mutating func change(settle: UInt64, now: Instant) {
    guard settle != self.settle else { return }
    self.settle = settle
    for (key, entry) in entries where entry.attempts == 0 && entry.deadline > now + settle {
      var earlier = entry
      earlier.deadline = now + settle
      push(key, earlier)
    }
  }

  /// Puts a file off that must stay as it was seen, until it is worth another look.
  package mutating func putOff(
    _ key: DroppedFile, attempts: Int, seen: SeenFile?, wait: UInt64, now: Instant
  ) {
    if entries[key] != nil { return }
    let wait = min(wait, Self.longestWait)
    push(key, Entry(deadline: now + wait, mayBeOpen: true, attempts: attempts, seen: seen))
  }

  /// Puts a file off that was found open or changing; each time in a row doubles the wait.
  package mutating func putOff(_ key: DroppedFile, attempts: Int, now: Instant) {
    if entries[key] != nil { return }
    // Ten milliseconds at least; more than twenty doublings of it are past the longest wait.
    let (product, overflow) = max(settle, 10_000_000)
      .multipliedReportingOverflow(by: 1 << UInt64(min(max(attempts, 0), 20)))
    let wait = overflow ? Self.longestWait : min(product, Self.longestWait)
    push(key, Entry(deadline: now + wait, mayBeOpen: true, attempts: attempts))
  }

  /// The next file whose time has come, in the order of the deadlines.
  package mutating func popReady(now: Instant) -> Ready? {
    while let item = heap.min, item.deadline <= now {
      heap.removeMin()
      guard let entry = entries[item.key], entry.order == item.order else { continue }
      if entry.deadline > item.deadline {
        // Also when it is due by now: others may have become due before it.
        push(item.key, entry)
        continue
      }
      entries[item.key] = nil
      sweepIfDue()
      return Ready(
        key: item.key, mayBeOpen: entry.mayBeOpen, mustBeQuiet: entry.mustBeQuiet,
        attempts: entry.attempts, seen: entry.seen)
    }
    return nil
  }

  /// The file is gone or went elsewhere before it settled.
  package mutating func remove(_ key: DroppedFile) {
    entries[key] = nil
    sweepIfDue()
  }

  /// Forgets all files that `isUnwanted`.
  package mutating func remove(where isUnwanted: (DroppedFile) -> Bool) {
    for key in entries.keys where isUnwanted(key) { entries[key] = nil }
    sweepIfDue()
  }

  /// Forgets all files of a directory and below it.
  package mutating func remove(drop: Int, below directory: [UInt8]) {
    for key in entries.keys where key.drop == drop && RelativePath.isInside(key.path, directory) {
      entries[key] = nil
    }
    sweepIfDue()
  }

  /// Whether the file waits.
  package func contains(_ key: DroppedFile) -> Bool { entries[key] != nil }

  private mutating func push(_ key: DroppedFile, _ entry: Entry) {
    var entry = entry
    entry.order = nextOrder
    entries[key] = entry
    heap.insert(Item(deadline: entry.deadline, order: nextOrder, key: key))
    nextOrder += 1
    sweepIfDue()
  }

  /// Items left behind that are not worth a sweep.
  private static let toleratedItems = 64

  /// Waits for as many items left behind as there are others, so that a sweep costs no more than
  /// what led to it.
  private mutating func sweepIfDue() {
    guard heap.count > 2 * entries.count + Self.toleratedItems else { return }
    heap = Heap(heap.unordered.filter { entries[$0.key]?.order == $0.order })
  }

  /// Each entry has just one item, which comes up no later than it; and the heap is bounded.
  package func checkInvariants() {
    #if DEBUG
      var live = 0
      for item in heap.unordered {
        guard let entry = entries[item.key], entry.order == item.order else { continue }
        precondition(item.deadline <= entry.deadline, "an entry would come up late")
        live += 1
      }
      precondition(live == entries.count, "an entry would never come up")
      precondition(heap.count <= 2 * entries.count + Self.toleratedItems, "the heap is bounded")
    #endif
  }
}
