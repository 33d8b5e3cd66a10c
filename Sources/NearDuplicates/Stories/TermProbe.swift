// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One vector's terms by hash, to be multiplied with many others.
struct TermProbe: Sendable {
  private static let size = 256

  private var slots: [UInt32] = Array(repeating: 0, count: TermProbe.size)
  private var used: [Int] = []
  private var norm: Float = 0
  /// How many cosines were taken since the start.
  private(set) var cosines = 0

  @inline(__always)
  private static func home(_ entry: UInt32) -> Int { Int((entry >> 8 &* 0x9E37_79B1) >> 24) }

  mutating func load(_ vector: TermVector) {
    for slot in used { slots[slot] = 0 }
    used.removeAll(keepingCapacity: true)
    norm = vector.norm
    for entry in vector.entries {
      var slot = Self.home(entry)
      while slots[slot] != 0 { slot = (slot + 1) & (Self.size - 1) }
      slots[slot] = entry
      used.append(slot)
    }
  }

  /// The cosine of the vector that is loaded and another, 0 to 1.
  mutating func cosine(_ other: TermVector) -> Double {
    cosines += 1
    guard norm > 0, other.norm > 0 else { return 0 }
    let product = slots.withUnsafeBufferPointer { slots in
      other.entries.withUnsafeBufferPointer { entries in
        var sum: UInt32 = 0
        for entry in entries {
          var slot = Self.home(entry)
          var mine = slots[slot]
          while mine != 0 {
            if (mine ^ entry) >> 8 == 0 {
              sum &+= (mine & 0xFF) &* (entry & 0xFF)
              break
            }
            slot = (slot &+ 1) & (Self.size &- 1)
            mine = slots[slot]
          }
        }
        return sum
      }
    }
    return Double(product) / (Double(norm) * Double(other.norm))
  }
}
