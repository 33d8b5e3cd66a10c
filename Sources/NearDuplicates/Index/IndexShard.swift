// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One part of the index's hash table: linear probing, 8 bytes a slot, any capacity.
///
/// A slot holds 32 bits of the hash above 32 bits of value; zero is an empty slot, so document
/// numbers begin at 1.
struct IndexShard: Sendable {
  private var slots: [UInt64] = []
  private(set) var count = 0

  /// At most 13 of 16 slots are taken: beyond that probing gets long.
  private var mayTakeMore: Bool { count * 16 < slots.count * 13 }

  var byteCount: Int { slots.count * 8 }

  /// The bits of the hash that a slot keeps; the shard's number is made of others.
  @inline(__always)
  private static func tag(_ hash: UInt64) -> UInt64 { (hash >> 16) & 0xFFFF_FFFF }

  /// Maps the hash to a slot without a division (Lemire 2019, "fast alternative to modulo").
  @inline(__always)
  private func home(_ tag: UInt64) -> Int {
    Int(truncatingIfNeeded: (tag &* UInt64(slots.count)) >> 32)
  }

  func value(of hash: UInt64) -> UInt32? {
    if slots.isEmpty { return nil }
    return value(at: find(Self.tag(hash)))
  }

  func value(at slot: Int) -> UInt32? {
    let entry = slots[slot]
    return entry == 0 ? nil : UInt32(truncatingIfNeeded: entry)
  }

  /// The slot that holds the hash, or an empty one that may take it.
  mutating func slot(for hash: UInt64) -> Int {
    if !mayTakeMore { grow() }
    return find(Self.tag(hash))
  }

  mutating func fill(_ slot: Int, _ hash: UInt64, _ value: UInt32) {
    slots[slot] = Self.tag(hash) << 32 | UInt64(value)
    count += 1
  }

  mutating func replace(_ slot: Int, _ value: UInt32) {
    slots[slot] = slots[slot] & 0xFFFF_FFFF_0000_0000 | UInt64(value)
  }

  private func find(_ tag: UInt64) -> Int {
    var slot = home(tag)
    while slots[slot] != 0, slots[slot] >> 32 != tag {
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: max(16, old.count + old.count / 4))
    for entry in old where entry != 0 {
      let slot = find(entry >> 32)
      slots[slot] = entry
    }
  }

  func checkInvariants() {
    #if DEBUG
      precondition(slots.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } == count, "every entry is counted")
      for (slot, entry) in slots.enumerated() where entry != 0 {
        precondition(find(entry >> 32) == slot, "every entry can be found")
      }
    #endif
  }
}
