// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Numbers document or cluster numbers from 0 in the order in which they come; reused.
struct NumberMap: Sendable {
  /// Keys in the upper half, one more than their places in the lower; 0 is empty.
  private var slots: [UInt64] = Array(repeating: 0, count: 64)
  private var used: [UInt32] = []

  var count: Int { used.count }

  mutating func removeAll() {
    for slot in used { slots[Int(slot)] = 0 }
    used.removeAll(keepingCapacity: true)
  }

  /// The place of a number; the next free one if it is new.
  @inline(__always)
  mutating func place(of number: UInt32) -> Int {
    let mask = slots.count &- 1
    var slot = Self.home(number, mask)
    while slots[slot] != 0 {
      if UInt32(truncatingIfNeeded: slots[slot] &>> 32) == number {
        return Int(slots[slot] & 0xFFFF_FFFF) &- 1
      }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = UInt64(number) << 32 | UInt64(used.count + 1)
    used.append(UInt32(truncatingIfNeeded: slot))
    if used.count * 2 > slots.count { grow() }
    return count - 1
  }

  @inline(__always)
  private static func home(_ number: UInt32, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: Mixing.mix(UInt64(number))) & mask
  }

  private mutating func grow() {
    let old = used.map { slots[Int($0)] }
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (place, entry) in old.enumerated() {
      var slot = Self.home(UInt32(truncatingIfNeeded: entry >> 32), mask)
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
      used[place] = UInt32(slot)
    }
  }
}
