// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How two texts compare, passage by passage: for showing them, not for deciding.
///
/// Read one after the other, the passages of a text give the whole of it, each word once.
package struct PassageAlignment: Sendable, Equatable {
  package struct Passage: Sendable, Hashable {
    package enum Kind: Sendable, CaseIterable {
      /// The same words in the same place.
      case shared
      /// Different words in the same place.
      case changed
      /// Only in the first text.
      case dropped
      /// Only in the second text.
      case added
      /// In the first text, the second has it elsewhere.
      case leaving
      /// In the second text, the first has it elsewhere.
      case arriving
    }

    package let kind: Kind
    /// The words of the first text; where it stands there if it is `arriving`, empty if `added`.
    package let first: Range<Int>
    /// The words of the second text; where it stands there if it is `leaving`, empty if `dropped`.
    package let second: Range<Int>

    /// Whether it is part of the first text at this place.
    package var isInFirst: Bool { kind != .added && kind != .arriving }
    /// Whether it is part of the second text at this place.
    package var isInSecond: Bool { kind != .dropped && kind != .leaving }
  }

  /// In the order of both texts; between two shared passages the first text's come first.
  package let passages: [Passage]

  /// - Parameters:
  ///   - first: The tokens of one text.
  ///   - second: The tokens of the other; which is which changes nothing but the names.
  package init(_ first: [UInt32], _ second: [UInt32]) {
    let isSwapped =
      first.count != second.count
      ? first.count > second.count : second.lexicographicallyPrecedes(first)
    var (kept, moved) =
      isSwapped ? PassageAligner.align(second, first) : PassageAligner.align(first, second)
    if isSwapped {
      kept = kept.map(\.mirrored)
      moved = moved.map(\.mirrored)
    }
    passages = Self.passages(kept, moved, first.count, second.count)
  }

  /// How many words of both texts are in passages of a kind.
  package func words(_ kind: Passage.Kind) -> (first: Int, second: Int) {
    passages.reduce(into: (0, 0)) { sums, passage in
      guard passage.kind == kind else { return }
      sums.0 += passage.first.count
      sums.1 += passage.second.count
    }
  }

  private static func passages(
    _ kept: [MatchingRun], _ moved: [MatchingRun], _ first: Int, _ second: Int
  ) -> [Passage] {
    var leaving = moved.sorted { $0.first < $1.first }[...]
    var arriving = moved.sorted { $0.second < $1.second }[...]
    var passages: [Passage] = []
    var (one, other) = (0, 0)
    for run in kept + [MatchingRun(first: first, second: second, length: 0)] {
      let left = leaving.prefix { $0.first < run.first }
      let right = arriving.prefix { $0.second < run.second }
      let gap = (one..<run.first, other..<run.second)
      if left.isEmpty, right.isEmpty, !gap.0.isEmpty, !gap.1.isEmpty {
        passages.append(Passage(kind: .changed, first: gap.0, second: gap.1))
      } else {
        passages += firstSide(gap.0, Array(left), facing: gap.1.lowerBound)
        passages += secondSide(gap.1, Array(right), facing: gap.0.upperBound)
      }
      leaving = leaving.dropFirst(left.count)
      arriving = arriving.dropFirst(right.count)
      if run.length > 0 {
        passages.append(Passage(kind: .shared, first: run.firstRange, second: run.secondRange))
      }
      (one, other) = (run.firstEnd, run.secondEnd)
    }
    return passages
  }

  private static func firstSide(
    _ gap: Range<Int>, _ moved: [MatchingRun], facing: Int
  ) -> [Passage] {
    pieces(gap, moved.map(\.firstRange), moved.map(\.secondRange)).map { range, elsewhere in
      Passage(
        kind: elsewhere == nil ? .dropped : .leaving, first: range,
        second: elsewhere ?? facing..<facing)
    }
  }

  private static func secondSide(
    _ gap: Range<Int>, _ moved: [MatchingRun], facing: Int
  ) -> [Passage] {
    pieces(gap, moved.map(\.secondRange), moved.map(\.firstRange)).map { range, elsewhere in
      Passage(
        kind: elsewhere == nil ? .added : .arriving, first: elsewhere ?? facing..<facing,
        second: range)
    }
  }

  /// Divides a gap into what moved, with its place elsewhere, and what lies between.
  private static func pieces(
    _ gap: Range<Int>, _ moved: [Range<Int>], _ elsewhere: [Range<Int>]
  ) -> [(Range<Int>, elsewhere: Range<Int>?)] {
    var pieces: [(Range<Int>, elsewhere: Range<Int>?)] = []
    var start = gap.lowerBound
    for (range, other) in zip(moved, elsewhere) {
      if start < range.lowerBound { pieces.append((start..<range.lowerBound, nil)) }
      pieces.append((range, other))
      start = range.upperBound
    }
    if start < gap.upperBound { pieces.append((start..<gap.upperBound, nil)) }
    return pieces
  }
}

extension MatchingRun {
  fileprivate var mirrored: MatchingRun {
    MatchingRun(first: second, second: first, length: length)
  }
}
