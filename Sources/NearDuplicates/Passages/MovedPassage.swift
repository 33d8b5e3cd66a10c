// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A stretch that stands elsewhere in the other text, with the words that were changed on the way.
struct MovedPassage: Sendable, Equatable {
  private(set) var first: Range<Int>
  private(set) var second: Range<Int>
  /// What differs within, in order; one side of each may be empty.
  private(set) var changes: [PassageAlignment.Passage.Change] = []

  init(_ run: MatchingRun) { (first, second) = (run.firstRange, run.secondRange) }

  private init(
    first: Range<Int>, second: Range<Int>, changes: [PassageAlignment.Passage.Change]
  ) {
    (self.first, self.second, self.changes) = (first, second, changes)
  }

  /// Takes in a run that follows in both texts.
  mutating func append(_ run: MatchingRun) {
    note(first.upperBound..<run.first, second.upperBound..<run.second, at: changes.endIndex)
    first = first.lowerBound..<run.firstEnd
    second = second.lowerBound..<run.secondEnd
  }

  /// Takes in a run that comes before in both texts.
  mutating func prepend(_ run: MatchingRun) {
    note(run.firstEnd..<first.lowerBound, run.secondEnd..<second.lowerBound, at: 0)
    first = run.first..<first.upperBound
    second = run.second..<second.upperBound
  }

  private mutating func note(_ first: Range<Int>, _ second: Range<Int>, at place: Int) {
    guard !first.isEmpty || !second.isEmpty else { return }
    changes.insert(.init(first: first, second: second), at: place)
  }

  var mirrored: MovedPassage {
    MovedPassage(
      first: second, second: first,
      changes: changes.map { .init(first: $0.second, second: $0.first) })
  }
}
