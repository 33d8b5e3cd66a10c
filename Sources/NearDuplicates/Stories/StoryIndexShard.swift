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
  /// Lists of one length each, one behind the other: the units that came first come first.
  private var lists: ContiguousArray<UInt32> = []
  private var lengths: ContiguousArray<UInt8> = []
  private var free: [UInt32] = []

  var byteCount: Int { slots.count * 8 + lists.count * 4 + lengths.count }

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

  @inline(__always)
  func copy(_ value: UInt32, to output: UnsafeMutablePointer<UInt32>) -> Int {
    if value == 0 { return 0 }
    guard value & Self.listMark != 0 else {
      output[0] = value - 1
      return 1
    }
    let list = Int(value & ~Self.listMark)
    // The whole room of the list: a branch on its length would wait for it.
    lists.withUnsafeBufferPointer { lists in
      guard let start = lists.baseAddress else { return }
      output.update(from: start + list * Self.length, count: Self.length)
    }
    return Int(lengths[list])
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
      append(value - 1, to: list)
      append(unit, to: list)
      slots[slot] = UInt64(term) << 32 | UInt64(UInt32(list) | Self.listMark)
    } else {
      append(unit, to: Int(value & ~Self.listMark))
    }
  }

  private mutating func makeList() -> Int {
    if let list = free.popLast() { return Int(list) }
    lists.append(contentsOf: repeatElement(0, count: Self.length))
    lengths.append(0)
    return lengths.count - 1
  }

  /// The oldest entry of a full list goes.
  private mutating func append(_ unit: UInt32, to list: Int) {
    let start = list * Self.length
    if Int(lengths[list]) == Self.length {
      for place in start..<start + Self.length - 1 { lists[place] = lists[place + 1] }
      lengths[list] -= 1
    }
    lists[start + Int(lengths[list])] = unit
    lengths[list] += 1
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
    var length = 0
    for place in start..<start + Int(lengths[list]) where isLive(lists[place]) {
      lists[start + length] = lists[place]
      length += 1
    }
    lengths[list] = UInt8(length)
    if length == 0 { free.append(UInt32(list)) }
    return length > 0
  }
}
