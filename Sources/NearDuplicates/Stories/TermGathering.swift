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

  /// The tokens of a text that are looked at.
  private struct Text {
    let tokens: UnsafeBufferPointer<UInt32>
    let traits: UnsafeBufferPointer<UInt8>
    let weights: UnsafeBufferPointer<UInt8>
    let count: Int
  }

  /// A term of the text.
  private struct Entry {
    let term: UInt32
    let token: UInt32
    var frequency: Float = 0
    var occurrences: UInt32 = 0
    var capitals: UInt32 = 0
    var weight: UInt8 = 0
    var secondWeight: UInt8 = 0
    var traits: UInt8 = 0
    let isPair: Bool
  }

  /// A term that says something, weighed.
  private struct Found {
    let entry: UInt32
    let factor: Float
    let weighed: StoryTerm
  }

  /// A hash table: one more than the number of an entry, or 0. The entries lie close together, so
  /// that both stay in the first cache.
  private var table: ContiguousArray<UInt32> = []
  /// How much of it is in use, a power of two, less one.
  private var mask = 0
  /// In the order in which the terms came, words before pairs; those from `entryCount` on are of
  /// texts before.
  private var entries: ContiguousArray<Entry> = []
  private var entryCount = 0
  /// The places of tokens that say something, at the front.
  private var telling: ContiguousArray<UInt32> = []
  /// How much each token counts.
  private var amounts: ContiguousArray<Float> = []
  /// The terms that say something.
  private var found: ContiguousArray<Found> = []
  /// Those of them among which the last one of the heaviest is.
  private var bordering: [StoryTerm] = []

  package init() {}

  /// The heaviest terms by the static tables, at most 64, in the order in which they first stand.
  ///
  /// - Parameter seen: which lines are known from other texts; nil for none.
  mutating func candidates(
    _ tokens: [UInt32], _ traits: [UInt8], _ weights: [UInt8], seen: [Bool]?
  ) -> [TermCandidate] {
    let count = min(tokens.count, StoryText.tokenLimit)
    makeRoom(for: count)
    let candidates = tokens.withUnsafeBufferPointer { tokens in
      traits.withUnsafeBufferPointer { traits in
        weights.withUnsafeBufferPointer { weights in
          let text = Text(tokens: tokens, traits: traits, weights: weights, count: count)
          weighPlaces(text, seen)
          gather(text)
          weigh()
          return heaviest(text)
        }
      }
    }
    if table.count > Self.keptCapacity { self = TermGathering() }
    return candidates
  }

  /// Room for all tokens and pairs to be different ones, and a slot that stays empty.
  private mutating func makeRoom(for count: Int) {
    var capacity = 64
    while capacity < 2 * count + 8 { capacity *= 2 }
    if table.count < capacity {
      table = ContiguousArray(repeating: 0, count: capacity)
      amounts = ContiguousArray(repeating: 0, count: capacity)
      telling = ContiguousArray(repeating: 0, count: capacity)
      entries = ContiguousArray(repeating: Entry(term: 0, token: 0, isPair: false), count: capacity)
    } else {
      table.withUnsafeMutableBufferPointer { $0[..<capacity].update(repeating: 0) }
    }
    mask = capacity - 1
    entryCount = 0
  }

  /// How much each token counts by where it stands.
  private mutating func weighPlaces(_ text: Text, _ seen: [Bool]?) {
    let tables = TermTables.shared
    amounts.withUnsafeMutableBufferPointer { amounts in
      var (start, line) = (0, 0)
      while start < text.count {
        var end = start &+ 1
        while end < text.count, text.traits[end] & TokenTraits.firstOfLine == 0 { end &+= 1 }
        var factor: Float = 1
        if let seen, seen[line] { factor = Self.seenFactor }
        if start == 0 {
          factor = Float(Double(factor) * Self.titleFactor)
        } else if end - start < Self.shortLine {
          factor = Float(Double(factor) * Self.shortLineFactor)
        }
        for place in start..<end { amounts[place] = factor * tables.lead(place) }
        line += 1
        start = end
      }
    }
  }

  private mutating func gather(_ text: Text) {
    let tables = TermTables.shared
    let mask = mask
    var (count, unspaced) = (0, UInt8(0))
    telling.withUnsafeMutableBufferPointer { telling in
      // Every other word says something, at random: to branch on it would be wrong as often.
      for place in 0..<text.count {
        telling[count] = UInt32(truncatingIfNeeded: place)
        count &+= tables.isTelling(text.weights[place]) ? 1 : 0
        unspaced |= text.traits[place]
      }
    }
    table.withUnsafeMutableBufferPointer { table in
      entries.withUnsafeMutableBufferPointer { entries in
        amounts.withUnsafeBufferPointer { amounts in
          guard let start = entries.baseAddress else { return }
          var slots = Slots(table: table, entries: start, mask: mask)
          for place in telling[..<count] {
            slots.addWord(at: Int(place), of: text, amounts[Int(place)])
          }
          if unspaced & TokenTraits.unspaced != 0 {
            for place in 0..<text.count - 1
            where text.traits[place] & text.traits[place + 1] & TokenTraits.unspaced != 0 {
              slots.addPair(at: place, of: text, amounts[place])
            }
          }
          entryCount = slots.count
        }
      }
    }
  }

  /// The table and the entries, lent.
  private struct Slots {
    let table: UnsafeMutableBufferPointer<UInt32>
    let entries: UnsafeMutablePointer<Entry>
    let mask: Int
    var count = 0

    mutating func addWord(at place: Int, of text: Text, _ amount: Float) {
      let bits = text.traits[place]
      let entry = entry(of: text.tokens[place], isPair: false, at: place)
      entry.pointee.frequency += amount
      entry.pointee.occurrences &+= 1
      entry.pointee.capitals &+= TokenTraits.isCapital(bits) ? 1 : 0
      entry.pointee.weight = text.weights[place]
      entry.pointee.traits = bits
    }

    mutating func addPair(at place: Int, of text: Text, _ amount: Float) {
      let pair = UInt64(text.tokens[place]) << 32 | UInt64(text.tokens[place + 1])
      let term = UInt32(truncatingIfNeeded: Mixing.mix(pair ^ 0x9E37_79B9_7F4A_7C15) >> 32)
      let entry = entry(of: term, isPair: true, at: place)
      entry.pointee.frequency += amount
      entry.pointee.occurrences &+= 1
      entry.pointee.weight = text.weights[place]
      entry.pointee.secondWeight = text.weights[place + 1]
    }

    /// The entry of a term, which may be new.
    @inline(__always)
    private mutating func entry(
      of term: UInt32, isPair: Bool, at place: Int
    ) -> UnsafeMutablePointer<Entry> {
      var slot = Int((term &* 0x9E37_79B1) >> 7) & mask
      while table[slot] != 0 {
        let entry = entries + Int(table[slot] &- 1)
        if entry.pointee.term == term, entry.pointee.isPair == isPair { return entry }
        slot = (slot &+ 1) & mask
      }
      let entry = entries + count
      entry.pointee = Entry(term: term, token: UInt32(truncatingIfNeeded: place), isPair: isPair)
      count &+= 1
      table[slot] = UInt32(truncatingIfNeeded: count)
      return entry
    }
  }

  /// Weighs the terms by the static tables.
  private mutating func weigh() {
    let tables = TermTables.shared
    found.removeAll(keepingCapacity: true)
    for number in 0..<entryCount {
      let entry = entries[number]
      let information = Double(Self.information(of: entry, tables))
      guard information >= TermTables.leastInformation else { continue }
      if TokenTraits.isCommonNumber(entry.traits), tables.isDigit(entry.term) { continue }
      let frequency = Double(entry.frequency)
      let factor = Float(
        frequency * (1 + Self.saturation) / (frequency + Self.saturation) * Self.boost(of: entry))
      let weighed = StoryTerm(term: entry.term, weight: factor * tables.power(information))
      found.append(Found(entry: UInt32(number), factor: factor, weighed: weighed))
    }
  }

  @inline(__always)
  private static func information(of entry: Entry, _ tables: borrowing TermTables) -> Float {
    let information = tables.information[Int(entry.weight)]
    if !entry.isPair { return information }
    return min(TermTables.pairLimit, information + tables.information[Int(entry.secondWeight)])
  }

  @inline(__always)
  private static func boost(of entry: Entry) -> Double {
    if entry.isPair { return 1 }
    if entry.traits & TokenTraits.digit != 0 { return numberBoost }
    if entry.traits & TokenTraits.unspaced != 0 { return characterFactor }
    return isName(entry) ? nameBoost : 1
  }

  @inline(__always)
  private static func isName(_ entry: Entry) -> Bool {
    entry.capitals > 0 && Double(entry.capitals) >= nameShare * Double(entry.occurrences)
  }

  private static func kind(of entry: Entry) -> TermContext.Kind {
    if TokenTraits.isCommonNumber(entry.traits) { return .commonNumber }
    if entry.isPair || entry.traits & TokenTraits.unspaced != 0 { return .unspaced }
    return entry.traits & TokenTraits.digit == 0 && !isName(entry) ? .plain : .telling
  }

  private mutating func heaviest(_ text: Text) -> [TermCandidate] {
    let tables = TermTables.shared
    var candidates: [TermCandidate] = []
    candidates.reserveCapacity(min(found.count, Self.limit))
    let last = found.count > Self.limit ? lastOfHeaviest() : nil
    for one in found {
      if let last, StoryTerm.precedes(last, one.weighed) { continue }
      let entry = entries[Int(one.entry)]
      let information = Self.information(of: entry, tables)
      candidates.append(
        TermCandidate(
          term: entry.term, factor: one.factor, information: information,
          expected: entry.isPair
            ? TermTables.expected(information) : tables.expected[Int(entry.weight)],
          token: entry.token, isPair: entry.isPair,
          context: TermContext(
            Self.kind(of: entry), at: Int(entry.token), isPair: entry.isPair, in: text.tokens,
            text.traits)))
      if candidates.count == Self.limit { break }
    }
    return candidates
  }

  /// The last of the heaviest terms: they are counted by the size of their weights, and only those
  /// of the size at which the limit is passed are put in order.
  private mutating func lastOfHeaviest() -> StoryTerm {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: StoryTerm.sizes) { counts in
      counts.initialize(repeating: 0)
      for one in found { counts[one.weighed.size] &+= 1 }
      var (size, heavier) = (StoryTerm.sizes - 1, 0)
      while heavier + Int(counts[size]) < Self.limit {
        heavier += Int(counts[size])
        size -= 1
      }
      bordering.removeAll(keepingCapacity: true)
      for one in found where one.weighed.size == size { bordering.append(one.weighed) }
      return Selection.element(
        Self.limit - heavier - 1, of: &bordering, by: StoryTerm.precedes)
    }
  }
}
