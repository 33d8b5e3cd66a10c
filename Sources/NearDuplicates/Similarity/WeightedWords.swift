// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The distinct words of a document with their weights and how often each occurs.
struct WeightedWords: Sendable, Equatable {
  /// Ascending by word; each is the word's hash · 2³² + its weight · 2⁸ + occurrences, up to 5.
  let entries: [UInt64]
  /// The sum of the squares of the word vector's components.
  let squares: Double
  /// The sum of the weights of the rare words.
  let rareWeight: Int

  init(_ tokens: [UInt32], weights: [UInt8]) {
    entries = Self.distinct(tokens, weights)
    var squares = 0.0
    var rare = 0
    for entry in entries {
      let component = Self.component(entry)
      squares += component * component
      if Self.weight(entry) >= TextWeights.rare { rare += Int(Self.weight(entry)) }
    }
    (self.squares, rareWeight) = (squares, rare)
  }

  private static func distinct(_ tokens: [UInt32], _ weights: [UInt8]) -> [UInt64] {
    var words = zip(tokens, weights).map { UInt64($0) << 32 | UInt64($1) << 8 | 1 }
    RadixSorting.sortByHighHalf(&words)
    var count = 0
    for word in words {
      if count > 0, words[count - 1] >> 32 == word >> 32 {
        if words[count - 1] & 0xFF < 5 { words[count - 1] += 1 }
      } else {
        words[count] = word
        count += 1
      }
    }
    words.removeLast(words.count - count)
    return words
  }

  @inline(__always)
  static func weight(_ entry: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: entry &>> 8) }

  @inline(__always)
  static func component(_ entry: UInt64) -> Double {
    TextWeights.component(weight: Int(weight(entry)), occurrences: Int(entry & 0xFF))
  }

  /// The scalar product of two word vectors, and the weight of the rare words in both.
  static func product(
    _ first: WeightedWords, _ second: WeightedWords
  ) -> (dot: Double, rareWeight: Int) {
    first.entries.withUnsafeBufferPointer { first in
      second.entries.withUnsafeBufferPointer { second in
        var (left, right, rare) = (0, 0, 0)
        var dot = 0.0
        while left < first.count, right < second.count {
          let (one, other) = (first[left] &>> 32, second[right] &>> 32)
          if one == other {
            dot += component(first[left]) * component(second[right])
            if weight(first[left]) >= TextWeights.rare { rare &+= Int(weight(first[left])) }
          }
          left &+= one <= other ? 1 : 0
          right &+= other <= one ? 1 : 0
        }
        return (dot, rare)
      }
    }
  }
}
