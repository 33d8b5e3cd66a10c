// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One vector's terms by hash, to be multiplied with many others.
struct TermProbe: Sendable {
  private static let size = 256

  private var slots: [UInt32] = Array(repeating: 0, count: TermProbe.size)
  private var used: [Int] = []
  /// A bit for each of 4,096 hashes: most terms of other vectors are not here, and this says so
  /// without a search.
  private var filter: [UInt64] = Array(repeating: 0, count: 64)
  private var norm: Float = 0

  /// Twelve bits: the upper eight are a slot.
  @inline(__always)
  private static func hash(_ entry: UInt32) -> Int {
    Int((entry &>> 8 &* 0x9E37_79B1) &>> 20)
  }

  mutating func load(_ vectors: TermVectors, at place: Int) {
    vectors.withEntries(at: place) { load($0, norm: vectors.norm(at: place)) }
  }

  mutating func load(_ vector: TermVector) {
    vector.entries.withUnsafeBufferPointer { load($0, norm: vector.norm) }
  }

  private mutating func load(_ entries: UnsafeBufferPointer<UInt32>, norm: Float) {
    for slot in used { slots[slot] = 0 }
    used.removeAll(keepingCapacity: true)
    for word in filter.indices { filter[word] = 0 }
    self.norm = norm
    for entry in entries where entry != 0 {
      let hash = Self.hash(entry)
      filter[hash >> 6] |= 1 << UInt64(hash & 63)
      var slot = hash >> 4
      while slots[slot] != 0 { slot = (slot + 1) & (Self.size - 1) }
      slots[slot] = entry
      used.append(slot)
    }
  }

  /// The cosine of the vector that is loaded and another, 0 to 1.
  func cosine(_ vectors: TermVectors, at place: Int) -> Double {
    let otherNorm = vectors.norm(at: place)
    guard norm > 0, otherNorm > 0 else { return 0 }
    let product = vectors.withEntries(at: place) { entries in
      filter.withUnsafeBufferPointer { filter in
        slots.withUnsafeBufferPointer { slots in Self.product(entries, filter, slots) }
      }
    }
    return Double(product) / (Double(norm) * Double(otherNorm))
  }

  @inline(__always)
  private static func product(
    _ entries: UnsafeBufferPointer<UInt32>, _ filter: UnsafeBufferPointer<UInt64>,
    _ slots: UnsafeBufferPointer<UInt32>
  ) -> UInt32 {
    var sum: UInt32 = 0
    for entry in entries {
      let hash = hash(entry)
      guard filter[hash &>> 6] &>> UInt64(hash & 63) & 1 != 0 else { continue }
      var slot = hash &>> 4
      var mine = slots[slot]
      while mine != 0 {
        if (mine ^ entry) &>> 8 == 0 {
          sum &+= (mine & 0xFF) &* (entry & 0xFF)
          break
        }
        slot = (slot &+ 1) & (size &- 1)
        mine = slots[slot]
      }
    }
    return sum
  }
}
