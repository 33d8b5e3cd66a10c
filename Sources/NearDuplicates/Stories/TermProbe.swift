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
  /// By slot, what `addShares` found.
  private var shares: [Double] = Array(repeating: 0, count: TermProbe.size)

  /// Twelve bits: the upper eight are a slot.
  @inline(__always)
  private static func hash(_ entry: UInt32) -> Int {
    Int((entry &>> 8 &* 0x9E37_79B1) &>> 20)
  }

  mutating func load(_ vectors: TermVectors, at place: Int) {
    vectors.withEntries(at: place) { load($0) }
  }

  mutating func load(_ vector: TermVector) {
    vector.entries.withUnsafeBufferPointer { load($0) }
  }

  private mutating func load(_ entries: UnsafeBufferPointer<UInt32>) {
    for slot in used { slots[slot] = 0 }
    used.removeAll(keepingCapacity: true)
    for word in filter.indices { filter[word] = 0 }
    norm = TermVector.norm(entries)
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
    vectors.withEntries(at: place) { entries in
      let otherNorm = TermVector.norm(entries)
      guard norm > 0, otherNorm > 0 else { return 0 }
      var product: UInt32 = 0
      forEachShared(entries) { _, mine, other in product &+= mine &* other }
      return Double(product) / (Double(norm) * Double(otherNorm))
    }
  }

  /// Passes on the slots of the terms that another vector has too, with both weights.
  @inline(__always)
  private func forEachShared(
    _ entries: UnsafeBufferPointer<UInt32>, _ body: (Int, UInt32, UInt32) -> Void
  ) {
    filter.withUnsafeBufferPointer { filter in
      slots.withUnsafeBufferPointer { slots in
        for entry in entries {
          let hash = Self.hash(entry)
          guard filter[hash &>> 6] &>> UInt64(hash & 63) & 1 != 0 else { continue }
          var slot = hash &>> 4
          while slots[slot] != 0 {
            if (slots[slot] ^ entry) &>> 8 == 0 {
              body(slot, slots[slot] & 0xFF, entry & 0xFF)
              break
            }
            slot = (slot &+ 1) & (Self.size &- 1)
          }
        }
      }
    }
  }

  // MARK: Term by term

  /// Begins to add up what each term of the vector that is loaded has of the similarity to others.
  mutating func clearShares() {
    for slot in used { shares[slot] = 0 }
  }

  /// Adds the similarity to a vector.
  mutating func addShares(_ vectors: TermVectors, at place: Int) {
    var shares: [Double] = []
    swap(&shares, &self.shares)
    vectors.withEntries(at: place) { entries in
      let otherNorm = Double(max(1, TermVector.norm(entries)))
      forEachShared(entries) { slot, mine, other in
        shares[slot] += Double(mine &* other) / otherNorm
      }
    }
    swap(&shares, &self.shares)
  }

  /// What a term has of it: above zero if any of the others has the term.
  func share(of term: UInt32) -> Double {
    var slot = Self.hash(term) >> 4
    while slots[slot] != 0 {
      if (slots[slot] ^ term) >> 8 == 0 { return shares[slot] }
      slot = (slot + 1) & (Self.size - 1)
    }
    return 0
  }
}
