// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What would become of a text that makes a cluster of its own.
package struct StoryProbe: Sendable, Equatable {
  /// A story that the text would be in.
  package struct Match: Sendable, Equatable {
    package var story: UInt32
    /// The nearest document of it, the first one of its cluster.
    package var document: UInt32
    /// How well the text fits the story as a whole, 0 to 1.
    package var similarity: Double
  }

  /// Nil when it would begin a story.
  package var match: Match?
  /// A text joins a story above this similarity.
  package var limit: Double
}

extension Stories {
  /// What `link` would decide at a time; later decisions are as if it had not been asked.
  ///
  /// Only buffers are changed. What is over by then is left out and not let go: the clock of the
  /// next arrival may be behind that of the question.
  ///
  /// - Parameter time: Microseconds since the epoch.
  package mutating func probe(_ text: StoryText, time: Int64) -> StoryProbe {
    let terms = TermVector.quantised(weigh(candidates(text)))
    probe.load(TermVector(terms))
    let first = firstLive(at: time)
    let compared = compare(
      similar(terms, from: first, at: time).compactMap { story in
        group(story, from: first, at: time).map { (story, $0) }
      })
    let match = Self.choice(compared, reserve: text.reserve).map { joined in
      StoryProbe.Match(
        story: joined.story, document: units[place(joined.nearest)].cluster,
        similarity: min(1, max(0, joined.similarity)))
    }
    return StoryProbe(match: match, limit: Self.joining + text.reserve)
  }

  /// The first unit that `turn` would leave.
  private func firstLive(at time: Int64) -> Int {
    guard clock == .arrival else { return firstLive }
    let time = max(now, time)
    var first = firstLive
    while first < firstUnit + units.count {
      guard isOver(UInt32(first), at: time) else { break }
      first += 1
    }
    return first
  }

  /// A story as it is when the units before `first` have left it one by one.
  private func group(_ story: UInt32, from first: Int, at time: Int64) -> StoryGroup? {
    guard var group = group(story, at: time) else { return nil }
    for unit in group.members.filter({ Int($0) < first }).sorted() { group.remove(unit) }
    return group
  }
}
