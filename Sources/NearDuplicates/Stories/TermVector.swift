// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The terms of a unit with their weights in 8 bits, for cosines.
struct TermVector: Sendable, Equatable {
  /// So many entries, whatever the number of terms: zeros come first.
  static let length = StoryTerm.limit

  /// The upper 24 bits of each term above its weight of 1 to 255; ascending, each once.
  let entries: [UInt32]
  /// The Euclidean length.
  let norm: Float

  /// - Parameter terms: with their weights, the heaviest first.
  init(_ terms: [StoryTrace.Term]) {
    // Of equal terms the greater weight comes first.
    var sorted = terms.map { $0.term & 0xFFFF_FF00 | UInt32(~$0.weight) }
    sorted.sort()
    var distinct: [UInt32] = []
    distinct.reserveCapacity(sorted.count)
    var sum = 0
    for entry in sorted.lazy.map({ $0 ^ 0xFF })
    where distinct.last.map({ $0 >> 8 }) != entry >> 8 {
      distinct.append(entry)
      sum += Int(entry & 0xFF) * Int(entry & 0xFF)
    }
    entries = Array(repeating: 0, count: Self.length - distinct.count) + distinct
    norm = Float(Double(sum).squareRoot())
  }

  /// The weights of terms, 1 to 255 as the heaviest has.
  static func quantised(_ terms: [StoryTerm]) -> [StoryTrace.Term] {
    guard let greatest = terms.first?.weight else { return [] }
    return terms.map { term in
      let weight = UInt8(max(1, min(255, Int(term.weight / greatest * 255 + 0.5))))
      return StoryTrace.Term(term: term.term, weight: weight)
    }
  }
}
