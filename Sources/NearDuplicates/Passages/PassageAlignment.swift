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

    /// Words that differ within what moved; one side may be empty.
    package struct Change: Sendable, Hashable {
      package let first: Range<Int>
      package let second: Range<Int>
    }

    package let kind: Kind
    /// The words of the first text; where it stands there if it is `arriving`, empty if `added`.
    package let first: Range<Int>
    /// The words of the second text; where it stands there if it is `leaving`, empty if `dropped`.
    package let second: Range<Int>
    /// What was changed as it moved, in order; none but in `leaving` and `arriving`.
    package let changes: [Change]

    init(kind: Kind, first: Range<Int>, second: Range<Int>, changes: [Change] = []) {
      self.kind = kind
      self.first = first
      self.second = second
      self.changes = changes
    }

    /// The words of the first text that the second has too, where it is `shared` or moved.
    package var sameInFirst: [Range<Int>] {
      var ranges: [Range<Int>] = []
      var start = first.lowerBound
      for change in changes {
        if start < change.first.lowerBound { ranges.append(start..<change.first.lowerBound) }
        start = change.first.upperBound
      }
      return ranges + [start..<first.upperBound]
    }

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

  init(passages: [Passage]) { self.passages = passages }

  /// How many words of both texts are in passages of a kind.
  package func words(_ kind: Passage.Kind) -> (first: Int, second: Int) {
    passages.reduce(into: (0, 0)) { sums, passage in
      guard passage.kind == kind else { return }
      sums.0 += passage.first.count
      sums.1 += passage.second.count
    }
  }

  private static func passages(
    _ kept: [MatchingRun], _ moved: [MovedPassage], _ first: Int, _ second: Int
  ) -> [Passage] {
    var leaving = moved.sorted { $0.first.lowerBound < $1.first.lowerBound }[...]
    var arriving = moved.sorted { $0.second.lowerBound < $1.second.lowerBound }[...]
    var passages: [Passage] = []
    var (one, other) = (0, 0)
    for run in kept + [MatchingRun(first: first, second: second, length: 0)] {
      let left = leaving.prefix { $0.first.lowerBound < run.first }
      let right = arriving.prefix { $0.second.lowerBound < run.second }
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
    _ gap: Range<Int>, _ moved: [MovedPassage], facing: Int
  ) -> [Passage] {
    pieces(gap, moved, \.first).map { range, moved in
      Passage(
        kind: moved == nil ? .dropped : .leaving, first: range,
        second: moved?.second ?? facing..<facing, changes: moved?.changes ?? [])
    }
  }

  private static func secondSide(
    _ gap: Range<Int>, _ moved: [MovedPassage], facing: Int
  ) -> [Passage] {
    pieces(gap, moved, \.second).map { range, moved in
      Passage(
        kind: moved == nil ? .added : .arriving, first: moved?.first ?? facing..<facing,
        second: range, changes: moved?.changes ?? [])
    }
  }

  /// Divides a gap into what moved and what lies between.
  private static func pieces(
    _ gap: Range<Int>, _ moved: [MovedPassage], _ side: KeyPath<MovedPassage, Range<Int>>
  ) -> [(Range<Int>, moved: MovedPassage?)] {
    var pieces: [(Range<Int>, moved: MovedPassage?)] = []
    var start = gap.lowerBound
    for passage in moved {
      let range = passage[keyPath: side]
      if start < range.lowerBound { pieces.append((start..<range.lowerBound, nil)) }
      pieces.append((range, passage))
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
