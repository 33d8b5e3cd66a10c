// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Gathers the terms of a text with their frequencies: words, and pairs of single characters.
struct TermGathering {
  /// So many candidates are weighed against the collection.
  private static let limit = 2 * StoryTerm.limit
  /// What a line counts that was seen before: the frame of a site, mostly.
  private static let seenFactor: Float = 0.1
  private static let titleFactor = 1.5
  private static let shortLineFactor = 0.7
  private static let shortLine = 8
  /// How soon repetition stops to count, as in BM25.
  private static let saturation = 2.5
  private static let numberBoost = 2.0
  private static let nameBoost = 1.6
  private static let characterFactor = 0.4
  /// A name is capitalised inside sentences this often at least.
  private static let nameShare = 0.2

  private struct Slot {
    var term: UInt32
    var token: UInt32
    var frequency: Float
    /// 0 in an empty slot.
    var occurrences: UInt32
    var capitals: UInt32
    var weight: UInt8
    var secondWeight: UInt8
    var traits: UInt8
    var isPair: Bool
  }

  /// The heaviest terms by the static tables, at most 96, in no particular order.
  ///
  /// - Parameter seen: which lines are known from other texts; nil for none.
  static func candidates(
    _ tokens: [UInt32], _ traits: [UInt8], _ weights: [UInt8], seen: [Bool]?
  ) -> [TermCandidate] {
    let count = min(tokens.count, StoryText.tokenLimit)
    var capacity = 64
    while capacity < 2 * count + 8 { capacity *= 2 }
    let found = withUnsafeTemporaryAllocation(of: Slot.self, capacity: capacity) { slots in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { amounts in
        slots.initialize(
          repeating: Slot(
            term: 0, token: 0, frequency: 0, occurrences: 0, capitals: 0, weight: 0,
            secondWeight: 0, traits: 0, isPair: false))
        weighPlaces(traits, seen, amounts)
        return gather(tokens, traits, weights, amounts, slots)
      }
    }
    return heaviest(found)
  }

  /// How much each token counts by where it stands.
  private static func weighPlaces(
    _ traits: [UInt8], _ seen: [Bool]?, _ amounts: UnsafeMutableBufferPointer<Float>
  ) {
    let tables = TermTables.shared
    var (start, line) = (0, 0)
    while start < amounts.count {
      var end = start + 1
      while end < amounts.count, traits[end] & TokenTraits.firstOfLine == 0 { end += 1 }
      var factor: Float = 1
      if let seen, seen[line] { factor = seenFactor }
      if start == 0 {
        factor = Float(Double(factor) * titleFactor)
      } else if end - start < shortLine {
        factor = Float(Double(factor) * shortLineFactor)
      }
      for index in start..<end {
        amounts.initializeElement(at: index, to: factor * tables.lead(index))
      }
      (start, line) = (end, line + 1)
    }
  }

  private static func gather(
    _ tokens: [UInt32], _ traits: [UInt8], _ weights: [UInt8],
    _ amounts: UnsafeMutableBufferPointer<Float>, _ slots: UnsafeMutableBufferPointer<Slot>
  ) -> [TermCandidate] {
    let tables = TermTables.shared
    var filled: [Int] = []
    filled.reserveCapacity(256)
    for index in 0..<amounts.count
    where Double(tables.information[Int(weights[index])]) >= TermTables.leastInformation {
      let slot = place(of: tokens[index], isPair: false, token: index, slots, &filled)
      let bits = traits[index]
      slots[slot].frequency += amounts[index]
      slots[slot].occurrences += 1
      slots[slot].capitals += TokenTraits.isCapital(bits) ? 1 : 0
      slots[slot].weight = weights[index]
      slots[slot].traits = bits
    }
    for index in 0..<max(0, amounts.count - 1)
    where traits[index] & traits[index + 1] & TokenTraits.unspaced != 0 {
      let pair = UInt64(tokens[index]) << 32 | UInt64(tokens[index + 1])
      let term = UInt32(truncatingIfNeeded: Mixing.mix(pair ^ 0x9E37_79B9_7F4A_7C15) >> 32)
      let slot = place(of: term, isPair: true, token: index, slots, &filled)
      slots[slot].frequency += amounts[index]
      slots[slot].occurrences += 1
      slots[slot].weight = weights[index]
      slots[slot].secondWeight = weights[index + 1]
    }
    return filled.compactMap { candidate(slots[$0]) }
  }

  @inline(__always)
  private static func place(
    of term: UInt32, isPair: Bool, token: Int, _ slots: UnsafeMutableBufferPointer<Slot>,
    _ filled: inout [Int]
  ) -> Int {
    let mask = slots.count &- 1
    var place = Int((term &* 0x9E37_79B1) >> 7) & mask
    while slots[place].occurrences != 0 {
      if slots[place].term == term, slots[place].isPair == isPair { return place }
      place = (place &+ 1) & mask
    }
    slots[place].term = term
    slots[place].isPair = isPair
    slots[place].token = UInt32(token)
    filled.append(place)
    return place
  }

  private static func candidate(_ slot: Slot) -> TermCandidate? {
    let table = TermTables.shared.information
    var information = table[Int(slot.weight)]
    var boost = 1.0
    if slot.isPair {
      information = min(TermTables.pairLimit, information + table[Int(slot.secondWeight)])
    } else if slot.traits & TokenTraits.digit != 0 {
      boost = numberBoost
    } else if slot.traits & TokenTraits.unspaced != 0 {
      boost = characterFactor
    } else if slot.capitals > 0, Double(slot.capitals) >= nameShare * Double(slot.occurrences) {
      boost = nameBoost
    }
    guard Double(information) >= TermTables.leastInformation else { return nil }
    let frequency = Double(slot.frequency)
    let factor = Float(frequency * (1 + saturation) / (frequency + saturation) * boost)
    return TermCandidate(
      term: slot.term, factor: factor, information: information, token: slot.token,
      isPair: slot.isPair)
  }

  private static func heaviest(_ found: [TermCandidate]) -> [TermCandidate] {
    guard found.count > limit else { return found }
    let tables = TermTables.shared
    // Weights are above zero: their bits are in their order. Equal ones go by the smaller hash.
    var order = found.indices.map { index in
      let candidate = found[index]
      let weight = candidate.factor * tables.power(Double(candidate.information))
      return (key: UInt64(weight.bitPattern) << 32 | UInt64(~candidate.term), index: index)
    }
    order.sort { $0.key > $1.key }
    return order.prefix(limit).map { found[$0.index] }
  }
}
