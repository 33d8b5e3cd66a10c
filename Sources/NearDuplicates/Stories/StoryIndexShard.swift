// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One part of the story index: linear probing; lists beside the table.
struct StoryIndexShard: Sendable {
  private static let listMark: UInt32 = 1 << 31
  private static let length = StoryIndex.listLimit

  /// Terms in the upper half; in the lower one more than the unit's number, or, with the highest
  /// bit, the place of a list. 0 is an empty slot.
  private var slots: ContiguousArray<UInt64> = []
  private(set) var count = 0
  /// Lists of one length each, one behind the other: one more than the numbers of units, those that
  /// came first before the others, and zeros.
  private var lists: ContiguousArray<UInt32> = []
  private var free: [UInt32] = []

  var byteCount: Int { slots.count * 8 + lists.count * 4 }

  private func find(_ term: UInt32, _ home: UInt32) -> Int {
    var slot = Int((UInt64(home) &* UInt64(slots.count)) >> 32)
    while slots[slot] != 0, UInt32(truncatingIfNeeded: slots[slot] >> 32) != term {
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }

  /// What `copy` takes; 0 when nothing is listed.
  @inline(__always)
  func entry(of term: UInt32, _ home: UInt32) -> UInt32 {
    slots.isEmpty ? 0 : UInt32(truncatingIfNeeded: slots[find(term, home)])
  }

  /// Something of the slot where a term belongs.
  @inline(__always)
  func touch(_ home: UInt32) -> UInt32 {
    if slots.isEmpty { return 0 }
    return UInt32(
      truncatingIfNeeded: slots[Int((UInt64(home) &* UInt64(slots.count)) >> 32)])
  }

  /// Something of a list.
  @inline(__always)
  func touchList(_ value: UInt32) -> UInt32 {
    value & Self.listMark == 0 ? 0 : lists[Int(value & ~Self.listMark) * Self.length]
  }

  @inline(__always)
  func copy(_ value: UInt32, to output: UnsafeMutablePointer<UInt32>) {
    guard value & Self.listMark != 0 else {
      output[0] = value
      (output + 1).update(repeating: 0, count: Self.length - 1)
      return
    }
    let list = Int(value & ~Self.listMark)
    lists.withUnsafeBufferPointer { lists in
      guard let start = lists.baseAddress else { return }
      output.update(from: start + list * Self.length, count: Self.length)
    }
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
      let list = makeList()
      append(value, to: list)
      append(unit + 1, to: list)
      slots[slot] = UInt64(term) << 32 | UInt64(UInt32(list) | Self.listMark)
    } else {
      append(unit + 1, to: Int(value & ~Self.listMark))
    }
  }

  private mutating func makeList() -> Int {
    if let list = free.popLast() { return Int(list) }
    lists.append(contentsOf: repeatElement(0, count: Self.length))
    return lists.count / Self.length - 1
  }

  /// The oldest entry of a full list goes.
  private mutating func append(_ entry: UInt32, to list: Int) {
    let (start, last) = (list * Self.length, (list + 1) * Self.length - 1)
    guard lists[last] != 0 else {
      let place = (start...last).first { lists[$0] == 0 } ?? last
      lists[place] = entry
      return
    }
    for place in start..<last { lists[place] = lists[place + 1] }
    lists[last] = entry
  }

  /// Drops what has expired and makes room for half as much again as is left.
  private mutating func sweep(_ isLive: (UInt32) -> Bool) {
    var kept: [UInt64] = []
    kept.reserveCapacity(count)
    for entry in slots where entry != 0 {
      let value = UInt32(truncatingIfNeeded: entry)
      let isKept =
        value & Self.listMark == 0
        ? isLive(value - 1) : sweep(list: Int(value & ~Self.listMark), isLive)
      if isKept { kept.append(entry) }
    }
    slots = ContiguousArray(repeating: 0, count: max(16, kept.count * 2))
    count = kept.count
    for entry in kept {
      let term = UInt32(truncatingIfNeeded: entry >> 32)
      let slot = find(term, (term &* 0x9E37_79B1) << 6)
      slots[slot] = entry
    }
  }

  /// False when nothing is left of a list.
  private mutating func sweep(list: Int, _ isLive: (UInt32) -> Bool) -> Bool {
    let start = list * Self.length
    let kept = lists[start..<start + Self.length].filter { $0 != 0 && isLive($0 - 1) }
    for place in 0..<Self.length { lists[start + place] = place < kept.count ? kept[place] : 0 }
    if kept.isEmpty { free.append(UInt32(list)) }
    return !kept.isEmpty
  }
}
