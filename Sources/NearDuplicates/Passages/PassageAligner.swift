// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Puts two texts side by side: what they share in the same order, and what stands elsewhere.
///
/// Anchors are the heaviest chain of common runs; what lies between two of them is aligned again,
/// where words are rarer, and last word by word. Of what then remains, runs of five words and more
/// that stand elsewhere in the other text have moved. Time is n log n and memory linear in the
/// words for any texts, see the limits of `RunFinder` and `LongestSubsequence`.
struct PassageAligner {
  /// So often a gap between runs is divided again.
  private static let depthLimit = 12
  /// Fewer words than this are elsewhere by chance.
  private static let leastMoved = 5
  /// So many words between moved runs may differ; they are one passage then.
  private static let mostChanged = 2
  /// Moved runs that overlap longer ones are looked for again, so often.
  private static let movingRounds = 4
  /// Runs shorter than this are dropped when they stand alone among changes.
  private static let leastIsland = 3

  private struct Gap {
    var first: Range<Int>
    var second: Range<Int>
    var depth: Int
  }

  private var finder: RunFinder
  private let whole: Gap
  private var kept: [MatchingRun] = []
  private var moved: [MatchingRun] = []

  /// The runs in place, in order, and what moved, by place in the first text; no two overlap in
  /// either text.
  static func align(
    _ first: [UInt32], _ second: [UInt32]
  ) -> (kept: [MatchingRun], moved: [MovedPassage]) {
    var aligner = PassageAligner(first, second)
    aligner.keep()
    aligner.move()
    return (aligner.kept, aligner.gathered())
  }

  private init(_ first: [UInt32], _ second: [UInt32]) {
    finder = RunFinder(first: first.map { UInt64($0) }, second: second.map { UInt64($0) })
    whole = Gap(first: first.indices, second: second.indices, depth: 0)
  }

  // MARK: In place

  private mutating func keep() {
    var gaps = [whole]
    while var gap = gaps.popLast() {
      trim(&gap)
      if gap.first.isEmpty || gap.second.isEmpty { continue }
      let chain = RunChain.heaviest(finder.runs(gap.first, gap.second))
      guard !chain.isEmpty, gap.depth < Self.depthLimit else {
        kept += LongestSubsequence.runs(finder.first[gap.first], finder.second[gap.second])
        continue
      }
      kept += chain
      gaps += Self.gaps(in: gap, around: chain)
    }
    kept.sort { $0.first < $1.first }
    joinNeighbours()
    dropIslands()
  }

  /// Keeps what the two sides of a gap begin and end with.
  private mutating func trim(_ gap: inout Gap) {
    let (one, other) = (gap.first, gap.second)
    let least = min(one.count, other.count)
    var front = 0
    while front < least,
      finder.first[one.lowerBound + front] == finder.second[other.lowerBound + front]
    { front += 1 }
    var back = 0
    while back < least - front,
      finder.first[one.upperBound - 1 - back] == finder.second[other.upperBound - 1 - back]
    { back += 1 }
    keep(MatchingRun(first: one.lowerBound, second: other.lowerBound, length: front))
    keep(
      MatchingRun(first: one.upperBound - back, second: other.upperBound - back, length: back))
    gap.first = one.lowerBound + front..<one.upperBound - back
    gap.second = other.lowerBound + front..<other.upperBound - back
  }

  private mutating func keep(_ run: MatchingRun) {
    if run.length > 0 { kept.append(run) }
  }

  private static func gaps(in gap: Gap, around chain: [MatchingRun]) -> [Gap] {
    var gaps: [Gap] = []
    var (first, second) = (gap.first.lowerBound, gap.second.lowerBound)
    let end = MatchingRun(first: gap.first.upperBound, second: gap.second.upperBound, length: 0)
    for run in chain + [end] {
      gaps.append(
        Gap(first: first..<run.first, second: second..<run.second, depth: gap.depth + 1))
      (first, second) = (run.firstEnd, run.secondEnd)
    }
    return gaps
  }

  private mutating func joinNeighbours() {
    var joined: [MatchingRun] = []
    for run in kept {
      if let last = joined.last, last.firstEnd == run.first, last.secondEnd == run.second {
        joined[joined.count - 1].length += run.length
      } else {
        joined.append(run)
      }
    }
    kept = joined
  }

  /// Lets go of a word or two that are the same by chance, with more around them that is not.
  private mutating func dropIslands() {
    var (first, second) = (0, 0)
    var remaining: [MatchingRun] = []
    for (place, run) in kept.enumerated() {
      let next =
        place + 1 < kept.count
        ? kept[place + 1]
        : MatchingRun(
          first: whole.first.upperBound, second: whole.second.upperBound, length: 0)
      let before = max(run.first - first, run.second - second)
      let after = max(next.first - run.firstEnd, next.second - run.secondEnd)
      if run.length < Self.leastIsland, min(before, after) > 2 * run.length { continue }
      remaining.append(run)
      (first, second) = (run.firstEnd, run.secondEnd)
    }
    kept = remaining
  }

  // MARK: Moved

  private mutating func move() {
    for run in kept { use(run) }
    for _ in 0..<Self.movingRounds {
      var runs = finder.runs(whole.first, whole.second).filter { $0.length >= Self.leastMoved }
      if runs.isEmpty { return }
      runs.sort { one, other in
        one.length != other.length
          ? one.length > other.length
          : (one.first, one.second) < (other.first, other.second)
      }
      for run in runs where isUnused(run) {
        use(run)
        moved.append(run)
      }
    }
  }

  /// Moved runs with a few other words between them are one passage that was changed on the way,
  /// and so are shorter runs next to them.
  private mutating func gathered() -> [MovedPassage] {
    var passages: [MovedPassage] = []
    for run in moved.sorted(by: { $0.first < $1.first }) {
      if let last = passages.last, isChange(last, run) {
        passages[passages.count - 1].append(run)
      } else {
        passages.append(MovedPassage(run))
      }
    }
    for place in passages.indices { extend(&passages[place]) }
    return passages
  }

  private func isChange(_ passage: MovedPassage, _ next: MatchingRun) -> Bool {
    let (one, other) = (passage.first.upperBound, passage.second.upperBound)
    guard next.second >= other, next.first - one <= Self.mostChanged,
      next.second - other <= Self.mostChanged
    else { return false }
    return (one..<next.first).allSatisfy { isUnused(finder.first[$0]) }
      && (other..<next.second).allSatisfy { isUnused(finder.second[$0]) }
  }

  private mutating func extend(_ passage: inout MovedPassage) {
    while let run = following(passage) {
      use(run)
      passage.append(run)
    }
    while let run = preceding(passage) {
      use(run)
      passage.prepend(run)
    }
  }

  /// Which words may be left out on both sides, the fewest first.
  private static let skips: [(Int, Int)] = (0...2 * mostChanged).flatMap { sum in
    (0...mostChanged).compactMap { one in
      (0...mostChanged).contains(sum - one) ? (one, sum - one) : nil
    }
  }

  private func following(_ passage: MovedPassage) -> MatchingRun? {
    for (one, other) in Self.skips {
      let run = (passage.first.upperBound + one, passage.second.upperBound + other)
      guard isFree(passage.first.upperBound, one, passage.second.upperBound, other) else {
        continue
      }
      var length = 0
      while isMatch(run.0 + length, run.1 + length) { length += 1 }
      // More words must agree than are left out.
      if length > max(one, other) {
        return MatchingRun(first: run.0, second: run.1, length: length)
      }
    }
    return nil
  }

  private func preceding(_ passage: MovedPassage) -> MatchingRun? {
    for (one, other) in Self.skips {
      let end = (passage.first.lowerBound - one, passage.second.lowerBound - other)
      guard isFree(end.0, one, end.1, other) else { continue }
      var length = 0
      while isMatch(end.0 - length - 1, end.1 - length - 1) { length += 1 }
      if length > max(one, other) {
        return MatchingRun(first: end.0 - length, second: end.1 - length, length: length)
      }
    }
    return nil
  }

  /// Whether so many words of both texts are there and in no run.
  private func isFree(_ first: Int, _ one: Int, _ second: Int, _ other: Int) -> Bool {
    first >= 0 && second >= 0 && first + one <= finder.first.count
      && second + other <= finder.second.count
      && (first..<first + one).allSatisfy { isUnused(finder.first[$0]) }
      && (second..<second + other).allSatisfy { isUnused(finder.second[$0]) }
  }

  private func isMatch(_ first: Int, _ second: Int) -> Bool {
    finder.first.indices.contains(first) && finder.second.indices.contains(second)
      && isUnused(finder.first[first]) && finder.first[first] == finder.second[second]
  }

  private func isUnused(_ word: UInt64) -> Bool { word <= UInt64(UInt32.max) }

  /// Only the ends are looked at: a longer run that was taken before covers one of them.
  private func isUnused(_ run: MatchingRun) -> Bool {
    let marks = [
      finder.first[run.first], finder.first[run.firstEnd - 1], finder.second[run.second],
      finder.second[run.secondEnd - 1],
    ]
    return marks.allSatisfy { isUnused($0) }
  }

  /// Makes the words of a run unlike all others.
  private mutating func use(_ run: MatchingRun) {
    for offset in 0..<run.length {
      finder.first[run.first + offset] = 1 << 32 | UInt64(run.first + offset)
      finder.second[run.second + offset] = 1 << 33 | UInt64(run.second + offset)
    }
  }
}
