// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Stories {
  /// Stories are looked at whether they are one from this similarity of the arriving unit on.
  static let hint = 0.235
  /// The mean cosine between two stories from which they are one, and which share of the mean
  /// cosine within them it must be: below the share at which stories are split, or they would be
  /// merged and split in turns.
  private static let crossing = 0.195
  private static let crossingShare = 0.7
  /// So many representatives of each are compared.
  private static let crossed = 8

  /// Makes the unit's story one with others that it shows to be the same.
  ///
  /// - Parameter compared: the stories that it is like enough to, from `hint` on.
  mutating func merge(
    _ unit: UInt32, _ compared: [Compared], _ terms: [StoryTrace.Term],
    _ candidates: [TermCandidate], _ decision: inout StoryDecision
  ) {
    for other in compared {
      let story = story(ofUnit: unit)
      guard other.story != story, groups[other.story] != nil else { continue }
      let cross = meanCosine(story, other.story)
      guard cross >= Self.crossing else { continue }
      let within = [meanCosine(within: story), meanCosine(within: other.story)].compactMap { $0 }
      if !within.isEmpty,
        cross < Self.crossingShare * within.reduce(0, +) / Double(within.count)
      {
        continue
      }
      load(unit)
      let match = match(other, terms, candidates)
      let (kept, gone) = fold(story, other.story)
      decision.revisions.append(.merge(into: kept, absorbed: gone, match: match))
    }
  }

  private mutating func meanCosine(_ one: UInt32, _ other: UInt32) -> Double {
    let mine = (group(one, at: now)?.representatives ?? []).prefix(Self.crossed)
    let theirs = (group(other, at: now)?.representatives ?? []).prefix(Self.crossed)
    var sum = 0.0
    for unit in mine {
      load(unit)
      for other in theirs { sum += cosine(other) }
    }
    return sum / Double(mine.count * theirs.count)
  }

  /// Nil for a story of one.
  private mutating func meanCosine(within story: UInt32) -> Double? {
    let standing = Array((group(story, at: now)?.representatives ?? []).prefix(Self.crossed))
    guard standing.count >= 2 else { return nil }
    var sum = 0.0
    for (place, unit) in standing.enumerated() {
      load(unit)
      for other in standing[..<place] { sum += cosine(other) }
    }
    return sum / Double(standing.count * (standing.count - 1) / 2)
  }

  /// Makes two stories one, with the smaller of their numbers.
  @discardableResult
  mutating func fold(_ one: UInt32, _ other: UInt32) -> (kept: UInt32, gone: UInt32) {
    let (kept, gone) = (min(one, other), max(one, other))
    let absorbed = groups.remove(gone) ?? StoryGroup()
    for unit in absorbed.members { put(unit, in: kept) }
    survivors[gone] = kept
    storyCount = max(0, storyCount - 1)
    var group = groups[kept] ?? StoryGroup()
    group.absorb(absorbed)
    groups[kept] = group.members.isEmpty ? nil : group
    return (kept, gone)
  }
}
