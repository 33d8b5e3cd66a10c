// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Picks the runs that can be read in the same order in both texts and have the most words.
///
/// The heaviest increasing subsequence (Fredman 1975), by a Fenwick tree of maxima over the ends in
/// the second text: n log n for n runs.
enum RunChain {
  /// In order; no two of them overlap in either text.
  static func heaviest(_ runs: [MatchingRun]) -> [MatchingRun] {
    var search = Search(runs)
    return search.chain()
  }

  private struct Search {
    private let runs: [MatchingRun]
    /// The ends in the second text, ascending: the ranks of the tree.
    private let ends: [Int]
    /// The best chain that ends at a run: its words and the run before.
    private var words: [Int]
    private var previous: [Int?]
    /// The run with the best chain among some ranks.
    private var tree: [Int?]

    init(_ runs: [MatchingRun]) {
      self.runs = runs
      ends = runs.map(\.secondEnd).sorted()
      words = runs.map(\.length)
      previous = Array(repeating: nil, count: runs.count)
      tree = Array(repeating: nil, count: runs.count + 1)
    }

    mutating func chain() -> [MatchingRun] {
      let starting = runs.indices.sorted { isBefore(runs[$0].first, $0, runs[$1].first, $1) }
      let ending = runs.indices.sorted { isBefore(runs[$0].firstEnd, $0, runs[$1].firstEnd, $1) }
      var ended = 0
      for run in starting {
        while runs[ending[ended]].firstEnd <= runs[run].first {
          insert(ending[ended])
          ended += 1
        }
        guard let best = best(rank: rank(runs[run].second)) else { continue }
        words[run] += words[best]
        previous[run] = best
      }
      var last = runs.indices.max { (words[$0], $1) < (words[$1], $0) }
      var chain: [MatchingRun] = []
      while let run = last {
        chain.append(runs[run])
        last = previous[run]
      }
      return chain.reversed()
    }

    private func isBefore(_ one: Int, _ run: Int, _ other: Int, _ facing: Int) -> Bool {
      one != other ? one < other : (runs[run].second, run) < (runs[facing].second, facing)
    }

    /// How many runs end at or before a place of the second text.
    private func rank(_ place: Int) -> Int {
      var range = 0..<ends.count
      while !range.isEmpty {
        let middle = (range.lowerBound + range.upperBound) / 2
        range =
          ends[middle] <= place
          ? middle + 1..<range.upperBound : range.lowerBound..<middle
      }
      return range.lowerBound
    }

    private mutating func insert(_ run: Int) {
      var slot = rank(runs[run].secondEnd)
      while slot < tree.count {
        if let other = tree[slot], words[other] >= words[run] {} else { tree[slot] = run }
        slot += slot & -slot
      }
    }

    private func best(rank: Int) -> Int? {
      var best: Int?
      var slot = rank
      while slot > 0 {
        if let run = tree[slot], best.map({ words[run] > words[$0] }) ?? true { best = run }
        slot -= slot & -slot
      }
      return best
    }
  }
}
