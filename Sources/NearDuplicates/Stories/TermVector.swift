// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The terms of a unit with their weights in 8 bits, for cosines.
struct TermVector: Sendable, Equatable {
  /// So many entries, whatever the number of terms: zeros come last.
  static let length = StoryTerm.limit

  /// The upper 24 bits of each term above its weight of 1 to 255; each term once.
  let entries: [UInt32]
  /// Parallel to them, as `TermContext` lays them out.
  let contexts: [UInt32]

  /// - Parameter terms: with their weights, the heaviest first.
  init(_ terms: [StoryTrace.Term]) {
    var filter = InlineArray<8, UInt64>(repeating: 0)
    var contexts = [UInt32](repeating: 0, count: Self.length)
    entries = Array(unsafeUninitializedCapacity: Self.length) { entries, count in
      for term in terms {
        let entry = term.term & 0xFFFF_FF00 | UInt32(term.weight)
        // Of two that agree in what is kept the heavier one stays. Few come as far as being
        // compared.
        let bit: UInt64 = 1 << UInt64(entry >> 8 & 63)
        let word = Int(entry >> 14 & 7)
        if filter[word] & bit != 0, entries[..<count].contains(where: { ($0 ^ entry) >> 8 == 0 }) {
          continue
        }
        filter[word] |= bit
        entries[count] = entry
        contexts[count] = term.context
        count += 1
      }
      entries[count...].update(repeating: 0)
      count = Self.length
    }
    self.contexts = contexts
  }

  /// The Euclidean length by the entries.
  @inline(__always)
  static func norm(_ entries: UnsafeBufferPointer<UInt32>) -> Float {
    var sum: UInt32 = 0
    for entry in entries {
      let weight = entry & 0xFF
      sum &+= weight &* weight
    }
    return Float(Double(sum).squareRoot())
  }

  /// The length by names and numbers alone.
  @inline(__always)
  static func tellingNorm(
    _ entries: UnsafeBufferPointer<UInt32>, _ contexts: UnsafeBufferPointer<UInt32>
  ) -> Float {
    var sum: UInt32 = 0
    for place in 0..<length {
      let weight = entries[place] & 0xFF
      sum &+= TermContext.isTelling(contexts[place]) ? weight &* weight : 0
    }
    return Float(Double(sum).squareRoot())
  }

  /// The weights of terms, 1 to 255 as the heaviest has.
  static func quantised(_ terms: [WeighedTerm]) -> [StoryTrace.Term] {
    guard let greatest = terms.first?.term.weight else { return [] }
    return terms.map { weighed in
      let weight = UInt8(max(1, min(255, Int(weighed.term.weight / greatest * 255 + 0.5))))
      return StoryTrace.Term(
        term: weighed.term.term, weight: weight, context: weighed.context.rawValue)
    }
  }
}
