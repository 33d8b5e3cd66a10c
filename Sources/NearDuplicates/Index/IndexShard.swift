// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One part of a hash table: linear probing, 8 bytes a slot, any capacity.
///
/// A slot holds 32 bits of the key above 32 bits of value; zero is an empty slot, so values begin
/// at 1.
struct IndexShard: Sendable {
  private var slots: ContiguousArray<UInt64> = []
  private(set) var count = 0

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

  private mutating func grow() {
    let old = slots
    slots = ContiguousArray(repeating: 0, count: max(16, old.count + old.count / 4))
    for entry in old where entry != 0 {
      let slot = find(UInt32(truncatingIfNeeded: entry >> 32))
      slots[slot] = entry
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
