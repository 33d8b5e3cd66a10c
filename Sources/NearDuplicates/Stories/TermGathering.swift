// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Gathers the terms of a text with their frequencies: words, and pairs of single characters.
///
/// One per task: it reuses its buffers.
package struct TermGathering: Sendable {
  /// So many candidates are weighed against the collection.
  private static let limit = StoryTerm.limit * 4 / 3
  /// Tables of longer texts are given back.
  private static let keptCapacity = 1 << 14
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
    var term: UInt32 = 0
    var token: UInt32 = 0
    var frequency: Float = 0
    /// 0 in an empty slot.
    var occurrences: UInt32 = 0
    var capitals: UInt32 = 0
    var weight: UInt8 = 0
    var secondWeight: UInt8 = 0
    var traits: UInt8 = 0
    var isPair = false
  }

  /// A term with the parts of its weight.
  private struct Found {
    let slot: Int
    let factor: Float
    let information: Float
    let weighed: StoryTerm
  }

  /// A hash table that is kept from text to text; all slots are empty in between.
  private var slots: [Slot] = []
  /// Where terms are in it, in the order in which they came.
  private var filled: [Int] = []
  /// How much each token counts.
  private var amounts: [Float] = []
  /// The terms that say something, and their weights, which are put in order in part.
  private var found: [Found] = []
  private var ordered: [StoryTerm] = []

  package init() {}

  /// The heaviest terms by the static tables, at most 64, in no particular order.
  ///
  /// - Parameter seen: which lines are known from other texts; nil for none.
  mutating func candidates(
    _ tokens: [UInt32], _ traits: [UInt8], _ weights: [UInt8], seen: [Bool]?
  ) -> [TermCandidate] {
    let count = min(tokens.count, StoryText.tokenLimit)
    var capacity = 64
    while capacity < 2 * count + 8 { capacity *= 2 }
    if slots.count < capacity { slots = Array(repeating: Slot(), count: capacity) }
    weighPlaces(traits, count, seen)
    gather(tokens, traits, weights)
    found.removeAll(keepingCapacity: true)
    for place in filled { weigh(place) }
    let candidates = heaviest()
    if capacity > Self.keptCapacity {
      self = TermGathering()
    } else {
      for slot in filled { slots[slot].occurrences = 0 }
      filled.removeAll(keepingCapacity: true)
    }
    return candidates
  }

  /// How much each token counts by where it stands.
  private mutating func weighPlaces(_ traits: [UInt8], _ count: Int, _ seen: [Bool]?) {
    let tables = TermTables.shared
    amounts.removeAll(keepingCapacity: true)
    amounts.reserveCapacity(count)
    var line = 0
    while amounts.count < count {
      let start = amounts.count
      var end = start + 1
      while end < count, traits[end] & TokenTraits.firstOfLine == 0 { end += 1 }
      var factor: Float = 1
      if let seen, seen[line] { factor = Self.seenFactor }
      if start == 0 {
        factor = Float(Double(factor) * Self.titleFactor)
      } else if end - start < Self.shortLine {
        factor = Float(Double(factor) * Self.shortLineFactor)
      }
      for index in start..<end { amounts.append(factor * tables.lead(index)) }
      line += 1
    }
  }

  private mutating func gather(_ tokens: [UInt32], _ traits: [UInt8], _ weights: [UInt8]) {
    let tables = TermTables.shared
    slots.withUnsafeMutableBufferPointer { slots in
      for index in amounts.indices where tables.isTelling(weights[index]) {
        let slot = Self.place(
          of: tokens[index], isPair: false, token: index, in: slots, &filled)
        let bits = traits[index]
        slots[slot].frequency += amounts[index]
        slots[slot].occurrences += 1
        slots[slot].capitals += TokenTraits.isCapital(bits) ? 1 : 0
        slots[slot].weight = weights[index]
        slots[slot].traits = bits
      }
      for index in amounts.indices.dropLast()
      where traits[index] & traits[index + 1] & TokenTraits.unspaced != 0 {
        let pair = UInt64(tokens[index]) << 32 | UInt64(tokens[index + 1])
        let term = UInt32(truncatingIfNeeded: Mixing.mix(pair ^ 0x9E37_79B9_7F4A_7C15) >> 32)
        let slot = Self.place(of: term, isPair: true, token: index, in: slots, &filled)
        slots[slot].frequency += amounts[index]
        slots[slot].occurrences += 1
        slots[slot].weight = weights[index]
        slots[slot].secondWeight = weights[index + 1]
      }
    }
  }

  @inline(__always)
  private static func place(
    of term: UInt32, isPair: Bool, token: Int, in slots: UnsafeMutableBufferPointer<Slot>,
    _ filled: inout [Int]
  ) -> Int {
    let mask = slots.count &- 1
    var place = Int((term &* 0x9E37_79B1) >> 7) & mask
    while slots[place].occurrences != 0 {
      if slots[place].term == term, slots[place].isPair == isPair { return place }
      place = (place &+ 1) & mask
    }
    slots[place] = Slot(term: term, token: UInt32(token), isPair: isPair)
    filled.append(place)
    return place
  }

  /// Weighs the term in a slot by the static tables.
  private mutating func weigh(_ place: Int) {
    let slot = slots[place]
    let tables = TermTables.shared
    var information = tables.information[Int(slot.weight)]
    var boost = 1.0
    if slot.isPair {
      information = min(
        TermTables.pairLimit, information + tables.information[Int(slot.secondWeight)])
    } else if slot.traits & TokenTraits.digit != 0 {
      boost = Self.numberBoost
    } else if slot.traits & TokenTraits.unspaced != 0 {
      boost = Self.characterFactor
    } else if slot.capitals > 0,
      Double(slot.capitals) >= Self.nameShare * Double(slot.occurrences)
    {
      boost = Self.nameBoost
    }
    guard Double(information) >= TermTables.leastInformation else { return }
    let frequency = Double(slot.frequency)
    let factor = Float(
      frequency * (1 + Self.saturation) / (frequency + Self.saturation) * boost)
    let weight = factor * tables.power(Double(information))
    found.append(
      Found(
        slot: place, factor: factor, information: information,
        weighed: StoryTerm(term: slot.term, weight: weight)))
  }

  private mutating func heaviest() -> [TermCandidate] {
    if found.count <= Self.limit { return found.map { candidate($0) } }
    ordered.removeAll(keepingCapacity: true)
    for one in found { ordered.append(one.weighed) }
    let last = Selection.element(Self.limit - 1, of: &ordered, by: StoryTerm.precedes)
    var candidates: [TermCandidate] = []
    candidates.reserveCapacity(Self.limit)
    for one in found
    where !StoryTerm.precedes(last, one.weighed) && candidates.count < Self.limit {
      candidates.append(candidate(one))
    }
    return candidates
  }

  private func candidate(_ found: Found) -> TermCandidate {
    let slot = slots[found.slot]
    return TermCandidate(
      term: slot.term, factor: found.factor, information: found.information,
      expected: slot.isPair
        ? TermTables.expected(found.information) : TermTables.shared.expected[Int(slot.weight)],
      token: slot.token, isPair: slot.isPair)
  }
}
