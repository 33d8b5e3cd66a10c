// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One part of a hash table: linear probing, 8 bytes a slot, any capacity.
///
/// A slot holds 32 bits of the key above 32 bits of value; zero is an empty slot, so values begin
/// at 1.
struct IndexShard: Sendable {
  private var slots: ContiguousArray<UInt64> = []
  private(set) var count = 0
  /// Something of all that was fetched ahead, or the fetching would be optimised away.
  private var touched: UInt32 = 0

  /// At most 13 of 16 slots are taken: beyond that probing gets long.
  private var mayTakeMore: Bool { count * 16 < slots.count * 13 }

  var byteCount: Int { slots.count * 8 }

  /// Maps the tag to a slot without a division (Lemire 2019, "fast alternative to modulo").
  @inline(__always)
  private func home(_ tag: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(tag) &* UInt64(slots.count)) &>> 32)
  }

  @inline(__always)
  func value(of tag: UInt32) -> UInt32? {
    if slots.isEmpty { return nil }
    return value(at: find(tag))
  }

  /// What is in the slot where a tag belongs; 0 for nothing.
  @inline(__always)
  func entryAtHome(of tag: UInt32) -> UInt64 { slots.isEmpty ? 0 : slots[home(tag)] }

  /// The value of a tag, 0 if there is none; a second look only if another tag has its home.
  @inline(__always)
  func value(of tag: UInt32, entryAtHome entry: UInt64) -> UInt32 {
    if entry == 0 || UInt32(truncatingIfNeeded: entry &>> 32) == tag {
      return UInt32(truncatingIfNeeded: entry)
    }
    return value(at: find(tag)) ?? 0
  }

  @inline(__always)
  func value(at slot: Int) -> UInt32? {
    let entry = slots[slot]
    return entry == 0 ? nil : UInt32(truncatingIfNeeded: entry)
  }

  /// The slot that holds the tag, or an empty one that may take it.
  mutating func slot(for tag: UInt32) -> Int {
    if !mayTakeMore { grow() }
    return find(tag)
  }

  mutating func fill(_ slot: Int, _ tag: UInt32, _ value: UInt32) {
    slots[slot] = UInt64(tag) << 32 | UInt64(value)
    count += 1
  }

  mutating func replace(_ slot: Int, _ value: UInt32) {
    slots[slot] = slots[slot] & 0xFFFF_FFFF_0000_0000 | UInt64(value)
  }

  /// So many entries are looked up before the first of them is put.
  private static let block = 32

  /// Puts entries, laid out as slots are; as `ShardedTable.put`.
  mutating func put(
    _ entries: UnsafeBufferPointer<UInt64>, growth: Double, touch: (UInt32) -> UInt32,
    joined: (UInt32, UInt32) -> UInt32
  ) {
    for first in stride(from: 0, to: entries.count, by: Self.block) {
      let block = UnsafeBufferPointer(
        rebasing: entries[first..<min(first + Self.block, entries.count)])
      while (count + block.count) * 16 >= slots.count * 13 { grow(by: growth) }
      slots.withUnsafeMutableBufferPointer { slots in
        guard let start = slots.baseAddress else { return }
        touched |= Self.touch(block, start, slots.count, touch)
        count += Self.put(block, start, slots.count, joined)
      }
    }
  }

  @inline(__always)
  private static func home(_ entry: UInt64, _ slotCount: Int) -> Int {
    Int(truncatingIfNeeded: (entry &>> 32 &* UInt64(slotCount)) &>> 32)
  }

  /// Reads the slots where entries belong, and then what is there for the same tags: all of it is
  /// far away, and this way the processor waits for many at a time.
  @inline(__always)
  private static func touch(
    _ entries: UnsafeBufferPointer<UInt64>, _ slots: UnsafeMutablePointer<UInt64>,
    _ slotCount: Int, _ touch: (UInt32) -> UInt32
  ) -> UInt32 {
    var touched: UInt64 = 0
    for entry in entries { touched |= slots[home(entry, slotCount)] }
    var result = UInt32(truncatingIfNeeded: touched)
    for entry in entries {
      let there = slots[home(entry, slotCount)]
      if (there ^ entry) &>> 32 == 0 { result |= touch(UInt32(truncatingIfNeeded: there)) }
    }
    return result
  }

  /// Answers how many tags were new.
  @inline(__always)
  private static func put(
    _ entries: UnsafeBufferPointer<UInt64>, _ slots: UnsafeMutablePointer<UInt64>,
    _ slotCount: Int, _ joined: (UInt32, UInt32) -> UInt32
  ) -> Int {
    var added = 0
    for entry in entries {
      var slot = home(entry, slotCount)
      while slots[slot] != 0, (slots[slot] ^ entry) &>> 32 != 0 {
        slot &+= 1
        if slot == slotCount { slot = 0 }
      }
      if slots[slot] == 0 {
        slots[slot] = entry
        added &+= 1
      } else {
        let value = joined(
          UInt32(truncatingIfNeeded: slots[slot]), UInt32(truncatingIfNeeded: entry))
        slots[slot] = slots[slot] & 0xFFFF_FFFF_0000_0000 | UInt64(value)
      }
    }
    return added
  }

  private func find(_ tag: UInt32) -> Int {
    slots.withUnsafeBufferPointer { slots in
      var slot = home(tag)
      while slots[slot] != 0, UInt32(truncatingIfNeeded: slots[slot] &>> 32) != tag {
        slot &+= 1
        if slot == slots.count { slot = 0 }
      }
      return slot
    }
  }

  private mutating func grow(by growth: Double = 1.25) {
    let old = slots
    let slotCount = max(16, old.count + old.count / 4, Int(Double(old.count) * growth))
    slots = ContiguousArray(repeating: 0, count: slotCount)
    slots.withUnsafeMutableBufferPointer { slots in
      guard let start = slots.baseAddress else { return }
      // Each tag is there once, so that the first empty slot is the right one.
      for entry in old where entry != 0 {
        var slot = Self.home(entry, slotCount)
        while start[slot] != 0 {
          slot &+= 1
          if slot == slotCount { slot = 0 }
        }
        start[slot] = entry
      }
    }
  }

  /// The most slots that are looked at for a tag that is there.
  var longestSearch: Int {
    slots.enumerated().reduce(0) { longest, place in
      if place.element == 0 { return longest }
      let home = home(UInt32(truncatingIfNeeded: place.element &>> 32))
      let distance = place.offset - home
      return max(longest, (distance < 0 ? distance + slots.count : distance) + 1)
    }
  }

  func checkInvariants() {
    #if DEBUG
      precondition(slots.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } == count, "every entry is counted")
      for (slot, entry) in slots.enumerated() where entry != 0 {
        precondition(
          find(UInt32(truncatingIfNeeded: entry >> 32)) == slot, "every entry can be found")
      }
    #endif
  }
}
