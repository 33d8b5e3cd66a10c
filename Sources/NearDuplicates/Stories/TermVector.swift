// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The terms of a unit with their weights in 8 bits, for cosines.
struct TermVector: Sendable, Equatable {
  /// The upper 24 bits of each term above its weight of 1 to 255; ascending, each once.
  private(set) var entries: [UInt32]
  /// The Euclidean length.
  private(set) var norm: Float

  static let empty = TermVector([])

  /// - Parameter terms: with their weights, the heaviest first.
  init(_ terms: [(term: UInt32, weight: UInt8)]) {
    var sorted = terms.map { $0.term & 0xFFFF_FF00 | UInt32($0.weight) }
    sorted.sort { one, other in
      one >> 8 != other >> 8 ? one >> 8 < other >> 8 : one > other
    }
    entries = []
    entries.reserveCapacity(sorted.count)
    var sum = 0
    for entry in sorted where entries.last.map({ $0 >> 8 }) != entry >> 8 {
      entries.append(entry)
      sum += Int(entry & 0xFF) * Int(entry & 0xFF)
    }
    norm = Float(Double(sum).squareRoot())
  }

  /// The weights of terms, 1 to 255 as the heaviest has.
  static func quantised(_ terms: [StoryTerm]) -> [(term: UInt32, weight: UInt8)] {
    guard let greatest = terms.first?.weight else { return [] }
    return terms.map { term in
      (term.term, UInt8(max(1, min(255, Int(term.weight / greatest * 255 + 0.5)))))
    }
  }

  /// The weight of a term, 0 when it is not there.
  func weight(of term: UInt32) -> Int {
    let key = term >> 8
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle] >> 8 < key { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low] >> 8 == key ? Int(entries[low] & 0xFF) : 0
  }
}
