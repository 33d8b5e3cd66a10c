// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One vector's terms by hash, to be multiplied with many others.
struct TermProbe: Sendable {
  private static let size = 256

  private var slots: [UInt32] = Array(repeating: 0, count: TermProbe.size)
  /// By slot.
  private var contexts: [UInt32] = Array(repeating: 0, count: TermProbe.size)
  private var used: [Int] = []
  /// A bit for each of 4,096 hashes: most terms of other vectors are not here, and this says so
  /// without a search.
  private var filter: [UInt64] = Array(repeating: 0, count: 64)
  private var norm: Float = 0
  private var tellingNorm: Float = 0
  /// By slot, what `addShares` found.
  private var shares: [Double] = Array(repeating: 0, count: TermProbe.size)

  /// Twelve bits: the upper eight are a slot.
  @inline(__always)
  private static func hash(_ entry: UInt32) -> Int {
    Int((entry &>> 8 &* 0x9E37_79B1) &>> 20)
  }

  mutating func load(_ vectors: TermVectors, at place: Int) {
    vectors.withEntries(at: place) { load($0, $1) }
  }

  mutating func load(_ vector: TermVector) {
    vector.entries.withUnsafeBufferPointer { entries in
      vector.contexts.withUnsafeBufferPointer { load(entries, $0) }
    }
  }

  private mutating func load(
    _ entries: UnsafeBufferPointer<UInt32>, _ contexts: UnsafeBufferPointer<UInt32>
  ) {
    for slot in used { slots[slot] = 0 }
    used.removeAll(keepingCapacity: true)
    for word in filter.indices { filter[word] = 0 }
    norm = TermVector.norm(entries)
    tellingNorm = TermVector.tellingNorm(entries, contexts)
    for (place, entry) in entries.enumerated() where entry != 0 {
      let hash = Self.hash(entry)
      filter[hash >> 6] |= 1 << UInt64(hash & 63)
      var slot = hash >> 4
      while slots[slot] != 0 { slot = (slot + 1) & (Self.size - 1) }
      slots[slot] = entry
      self.contexts[slot] = contexts[place]
      used.append(slot)
    }
  }

  /// The cosine of the vector that is loaded and another, less what `SharedTerms` leaves out.
  func cosine(_ vectors: TermVectors, at place: Int) -> Double {
    vectors.withEntries(at: place) { entries, others in
      let otherNorm = TermVector.norm(entries)
      guard norm > 0, otherNorm > 0 else { return 0 }
      var shared = SharedTerms()
      forEachShared(entries) { slot, place in
        shared.add((slots[slot] & 0xFF) &* (entries[place] & 0xFF), contexts[slot], others[place])
      }
      let evidence = shared.evidence {
        Double(tellingNorm) * Double(TermVector.tellingNorm(entries, others))
      }
      return evidence / (Double(norm) * Double(otherNorm))
    }
  }

  /// Passes on the slots of the terms that another vector has too, and their places there.
  @inline(__always)
  private func forEachShared(
    _ entries: UnsafeBufferPointer<UInt32>, _ body: (_ slot: Int, _ place: Int) -> Void
  ) {
    filter.withUnsafeBufferPointer { filter in
      slots.withUnsafeBufferPointer { slots in
        for (place, entry) in entries.enumerated() {
          let hash = Self.hash(entry)
          guard filter[hash &>> 6] &>> UInt64(hash & 63) & 1 != 0 else { continue }
          var slot = hash &>> 4
          while slots[slot] != 0 {
            if (slots[slot] ^ entry) &>> 8 == 0 {
              body(slot, place)
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

  /// Adds the similarity to a vector, but for the words of a form that both fill in.
  mutating func addShares(_ vectors: TermVectors, at place: Int) {
    var shares: [Double] = []
    swap(&shares, &self.shares)
    vectors.withEntries(at: place) { entries, others in
      let otherNorm = Double(max(1, TermVector.norm(entries)))
      forEachShared(entries) { slot, place in
        let (mine, other) = (contexts[slot], others[place])
        if TermContext.arePlain(mine, other), TermContext.agree(mine, other) { return }
        shares[slot] += Double((slots[slot] & 0xFF) &* (entries[place] & 0xFF)) / otherNorm
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
