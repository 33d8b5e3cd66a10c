// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One part of the story index: linear probing; lists beside the table.
struct StoryIndexShard: Sendable {
  private static let listMark: UInt32 = 1 << 31

  /// Terms in the upper half; in the lower one more than the unit's number, or, with the highest
  /// bit, the place of a list. 0 is an empty slot.
  private var slots: ContiguousArray<UInt64> = []
  private(set) var count = 0
  private var lists: [[UInt32]] = []
  private var free: [UInt32] = []

  var byteCount: Int {
    slots.count * 8 + lists.reduce(0) { $0 + 32 + $1.capacity * 4 }
  }

  private func find(_ term: UInt32, _ home: UInt32) -> Int {
    var slot = Int((UInt64(home) &* UInt64(slots.count)) >> 32)
    while slots[slot] != 0, UInt32(truncatingIfNeeded: slots[slot] >> 32) != term {
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }

  func forEachUnit(of term: UInt32, _ home: UInt32, _ body: (UInt32) -> Void) {
    guard !slots.isEmpty else { return }
    let value = UInt32(truncatingIfNeeded: slots[find(term, home)])
    if value == 0 { return }
    guard value & Self.listMark != 0 else { return body(value - 1) }
    for unit in lists[Int(value & ~Self.listMark)].reversed() { body(unit) }
  }

  mutating func add(
    _ unit: UInt32, _ term: UInt32, _ home: UInt32, _ isLive: (UInt32) -> Bool
  ) {
    if count * 4 >= slots.count * 3 { sweep(isLive) }
    let slot = find(term, home)
    let value = UInt32(truncatingIfNeeded: slots[slot])
    if value == 0 {
      slots[slot] = UInt64(term) << 32 | UInt64(unit + 1)
      count += 1
    } else if value & Self.listMark == 0 {
      let list = free.popLast() ?? UInt32(lists.count)
      if list == UInt32(lists.count) { lists.append([]) }
      lists[Int(list)] = [value - 1, unit]
      slots[slot] = UInt64(term) << 32 | UInt64(list | Self.listMark)
    } else {
      let list = Int(value & ~Self.listMark)
      if lists[list].count == StoryIndex.listLimit { lists[list].removeFirst() }
      lists[list].append(unit)
    }
  }

  /// Drops what has expired and makes room for half as much again as is left.
  private mutating func sweep(_ isLive: (UInt32) -> Bool) {
    var kept: [UInt64] = []
    kept.reserveCapacity(count)
    for entry in slots where entry != 0 {
      let value = UInt32(truncatingIfNeeded: entry)
      if value & Self.listMark == 0 {
        if isLive(value - 1) { kept.append(entry) }
        continue
      }
      let list = Int(value & ~Self.listMark)
      lists[list].removeAll { !isLive($0) }
      if lists[list].isEmpty {
        lists[list] = []
        free.append(UInt32(list))
      } else {
        kept.append(entry)
      }
    }
    slots = ContiguousArray(repeating: 0, count: max(16, kept.count * 2))
    count = kept.count
    for entry in kept {
      let term = UInt32(truncatingIfNeeded: entry >> 32)
      let slot = find(term, (term &* 0x9E37_79B1) << 6)
      slots[slot] = entry
    }
  }
}
