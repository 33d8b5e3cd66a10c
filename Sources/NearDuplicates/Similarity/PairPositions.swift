// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Where in a text each pair of consecutive tokens stands; reused from text to text.
///
/// An open-addressing table of the distinct pairs' first places, and from each place a link to the
/// next one of the same pair. Probing has a limit: in a text that was made to collide, pairs are
/// missed, and nothing becomes slow.
struct PairPositions: Sendable {
  private static let probeLimit = 32

  /// Places begin at 1; 0 is empty.
  private var slots: [UInt32] = []
  private var following: [UInt32] = []
  private var shift: UInt64 = 0
  /// Whose places these are.
  private var profile: DocumentProfile?

  /// What is asked while the buffers stand still.
  struct View {
    let tokens: UnsafeBufferPointer<UInt32>
    fileprivate let slots: UnsafeBufferPointer<UInt32>
    fileprivate let following: UnsafeBufferPointer<UInt32>
    fileprivate let shift: UInt64

    /// The first place of a pair, counted from 1; 0 for none.
    @inline(__always)
    func first(_ one: UInt32, _ other: UInt32) -> Int {
      let mask = slots.count &- 1
      var slot = PairPositions.slot(one, other, shift)
      for _ in 0..<PairPositions.probeLimit {
        let place = Int(slots[slot])
        if place == 0 { return 0 }
        if tokens[place &- 1] == one, tokens[place] == other { return place }
        slot = (slot &+ 1) & mask
      }
      return 0
    }

    /// The next place of the same pair, counted from 1; 0 for none.
    @inline(__always)
    func next(_ place: Int) -> Int { Int(following[place &- 1]) }
  }

  @inline(__always)
  private static func slot(_ one: UInt32, _ other: UInt32, _ shift: UInt64) -> Int {
    Int(((UInt64(one) &<< 32 | UInt64(other)) &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  /// Lends the places of a document's pairs.
  mutating func withPositions<Result>(
    of profile: DocumentProfile, _ body: (View) -> Result
  ) -> Result {
    if self.profile !== profile { fill(profile) }
    return profile.tokens.withUnsafeBufferPointer { tokens in
      slots.withUnsafeBufferPointer { slots in
        following.withUnsafeBufferPointer { following in
          body(View(tokens: tokens, slots: slots, following: following, shift: shift))
        }
      }
    }
  }

  private mutating func fill(_ profile: DocumentProfile) {
    self.profile = profile
    let tokens = profile.tokens
    let bits = max(4, Int.bitWidth - (2 * tokens.count).leadingZeroBitCount)
    shift = UInt64(64 - bits)
    slots.removeAll(keepingCapacity: slots.capacity <= 1 << 16)
    slots.append(contentsOf: repeatElement(0, count: 1 << bits))
    following.removeAll(keepingCapacity: following.capacity <= 1 << 16)
    following.append(contentsOf: repeatElement(0, count: tokens.count))
    guard tokens.count > 1 else { return }
    tokens.withUnsafeBufferPointer { tokens in
      slots.withUnsafeMutableBufferPointer { slots in
        following.withUnsafeMutableBufferPointer { following in
          // From the end, so that the links lead forward.
          for index in stride(from: tokens.count &- 2, through: 0, by: -1) {
            Self.insert(index, tokens, slots, following, shift)
          }
        }
      }
    }
  }

  @inline(__always)
  private static func insert(
    _ index: Int, _ tokens: UnsafeBufferPointer<UInt32>,
    _ slots: UnsafeMutableBufferPointer<UInt32>, _ following: UnsafeMutableBufferPointer<UInt32>,
    _ shift: UInt64
  ) {
    let (one, other) = (tokens[index], tokens[index &+ 1])
    var slot = slot(one, other, shift)
    for _ in 0..<probeLimit {
      let place = Int(slots[slot])
      if place == 0 || (tokens[place &- 1] == one && tokens[place] == other) {
        following[index] = UInt32(truncatingIfNeeded: place)
        slots[slot] = UInt32(truncatingIfNeeded: index &+ 1)
        return
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
  }
}
