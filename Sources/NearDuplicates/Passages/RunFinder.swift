// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Finds the stretches of three words and more that two texts have in common.
///
/// Words are 64 bits here, so that those that are used up can be made unlike all others.
struct RunFinder: Sendable {
  /// A run has at least this many words, by which it is found.
  static let seedLength = 3
  /// Three words that make more pairs than this, in the parts that are looked at, are no seed: they
  /// are everywhere. It bounds the pairs by twice the words of both texts.
  private static let pairsPerSeed = 16
  /// So many comparisons for each word of the two texts, at most: what is left out is not found.
  private static let comparisonsPerWord = 64

  var first: [UInt64]
  var second: [UInt64]

  /// The maximal runs between a part of each text, by diagonal, then by place.
  func runs(_ one: Range<Int>, _ other: Range<Int>) -> [MatchingRun] {
    guard min(one.count, other.count) >= Self.seedLength else { return [] }
    let pairs = pairs(Self.seeds(first, one), Self.seeds(second, other))
    var budget = Self.comparisonsPerWord * (one.count + other.count)
    var runs: [MatchingRun] = []
    for pair in pairs {
      // Behind the last run on the same diagonal, or it is part of that.
      if let last = runs.last, last.first - last.second == pair.first - pair.second,
        pair.first < last.firstEnd
      {
        continue
      }
      guard budget > 0 else { break }
      let run = extended(pair, one, other)
      budget -= run.length + 1
      if run.length >= Self.seedLength { runs.append(run) }
    }
    return runs
  }

  /// The hashes of all three neighbouring words in the upper halves, their places in the lower.
  private static func seeds(_ words: [UInt64], _ range: Range<Int>) -> [UInt64] {
    var seeds: [UInt64] = []
    seeds.reserveCapacity(range.count)
    for place in range.lowerBound...(range.upperBound - seedLength) {
      let pair = Mixing.mix(words[place] &+ Mixing.mix(words[place + 1]))
      let hash = Mixing.mix(pair &+ Mixing.mix(words[place + 2] &+ 1))
      seeds.append(hash & ~0xFFFF_FFFF | UInt64(place))
    }
    seeds.sort()
    return seeds
  }

  /// The pairs of places with the same seed, ascending by diagonal, then by place.
  private func pairs(_ left: [UInt64], _ right: [UInt64]) -> [(first: Int, second: Int)] {
    var packed: [UInt64] = []
    var (one, other) = (0, 0)
    while one < left.count, other < right.count {
      let (hash, facing) = (left[one] >> 32, right[other] >> 32)
      if hash < facing {
        one += 1
      } else if facing < hash {
        other += 1
      } else {
        let ones = Self.group(left, from: one)
        let others = Self.group(right, from: other)
        if ones.count * others.count <= Self.pairsPerSeed {
          for place in left[ones] {
            for facing in right[others] {
              // The diagonal is made positive by what no text reaches.
              let diagonal = (1 << 31) + (place & 0xFFFF_FFFF) - (facing & 0xFFFF_FFFF)
              packed.append(diagonal << 32 | place & 0xFFFF_FFFF)
            }
          }
        }
        (one, other) = (ones.upperBound, others.upperBound)
      }
    }
    packed.sort()
    return packed.map { pair in
      let place = Int(pair & 0xFFFF_FFFF)
      return (place, place - (Int(pair >> 32) - 1 << 31))
    }
  }

  private static func group(_ seeds: [UInt64], from start: Int) -> Range<Int> {
    var end = start
    while end < seeds.count, seeds[end] >> 32 == seeds[start] >> 32 { end += 1 }
    return start..<end
  }

  private func extended(
    _ pair: (first: Int, second: Int), _ one: Range<Int>, _ other: Range<Int>
  ) -> MatchingRun {
    var run = MatchingRun(first: pair.first, second: pair.second, length: 0)
    while run.firstEnd < one.upperBound, run.secondEnd < other.upperBound,
      first[run.firstEnd] == second[run.secondEnd]
    { run.length += 1 }
    // None: two seeds with the same hash.
    guard run.length > 0 else { return run }
    while run.first > one.lowerBound, run.second > other.lowerBound,
      first[run.first - 1] == second[run.second - 1]
    {
      run.first -= 1
      run.second -= 1
      run.length += 1
    }
    return run
  }
}
