// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Stories {
  /// What is remembered of terms and lines is of so many units at most, the latest.
  package static let rememberedUnits = 2 * StoryMemory.generation

  /// Brings a unit back as it was decided.
  ///
  /// - Parameters:
  ///   - document: Who came to the cluster.
  ///   - time: Microseconds since the epoch, as it was given to `link`.
  ///   - isRemembered: false only where `rememberedUnits` follow: counting its terms takes longer
  ///     than all else, and would be forgotten again.
  ///   - text: of the unit, whose lines are seen at once then and not at the end.
  package mutating func restore(
    _ trace: StoryTrace, of document: UInt32, time: Int64, isRemembered: Bool = true,
    text: TokenSequence? = nil
  ) {
    finishMoves()
    turn(to: time)
    replay.append(isRemembered && text == nil ? trace.source : 0)
    if isRemembered, let text {
      for line in StoryText.lines(text.tokens, text.traits) { memory.see(line) }
    }
    let vector = TermVector(trace.terms)
    if isRemembered {
      probe.load(vector)
      remember(trace.terms, of: trace.story)
    }
    _ = enter(vector, trace.terms, trace.cluster, document, trace.story)
  }

  /// Repeats a document's joining a cluster.
  ///
  /// - Parameter story: of the cluster, if that began with a document that is gone.
  package mutating func restoreAdd(
    _ document: UInt32, to cluster: UInt32, of story: UInt32? = nil
  ) {
    finishMoves()
    if let story, self.story(of: cluster) == nil { note(cluster, in: story) }
    add(document, to: cluster)
  }

  /// Repeats a merging of clusters; answers what it changes of their stories.
  package mutating func restoreMergeClusters(
    into kept: UInt32, absorbed gone: UInt32
  ) -> [StoryDecision.Revision] {
    finishMoves()
    return mergeClusters(into: kept, absorbed: gone)
  }

  /// Repeats a document's move to another cluster; answers what it changes of its story.
  ///
  /// A cluster of its own that found no story, because there were none then, stays in the old one.
  package mutating func restoreMove(
    _ document: UInt32, from: UInt32, to cluster: UInt32, reason: String
  ) -> [StoryDecision.Revision] {
    finishMoves()
    if let old = story(of: from), story(of: cluster) == nil { note(cluster, in: old) }
    return move(document, from: from, to: cluster, reason: reason)
  }

  /// Repeats a merging of stories, which may have come with that of their clusters.
  package mutating func restoreStoryMerge(of absorbed: UInt32, into kept: UInt32) {
    finishMoves()
    if survivors[absorbed] == nil, survivors[kept] == nil { fold(kept, absorbed) }
  }

  /// Repeats a cluster's move to a new story; those that follow one another moved together.
  package mutating func restoreStoryMove(_ cluster: UInt32, to target: UInt32) {
    if replay.destination != target {
      finishMoves()
      replay.destination = target
      storyCount += 1
    }
    if let unit = unitOfCluster[cluster] {
      replay.leaving.append(unit)
    } else {
      // The window was longer then.
      note(cluster, in: target)
    }
  }

  /// Those who left a story together are its other half.
  private mutating func finishMoves() {
    let (leaving, target) = (replay.leaving, replay.destination)
    guard target != 0 else { return }
    replay.leaving = []
    replay.destination = 0
    if let name = unitOfCluster[target] { units[place(name)].hasNamed = true }
    if let first = leaving.first { part(leaving, from: story(ofUnit: first), to: target) }
  }

  /// Sees again the lines that are still remembered; to be called once, before anything is added.
  ///
  /// Asks for the contents of the last 16,384 units at most.
  package mutating func finishRestoring(contents: Contents) throws {
    finishMoves()
    for document in replay.older where document > 0 {
      let text = try contents(document)
      for line in StoryText.lines(text.tokens, text.traits) { memory.seeEarlier(line) }
    }
    for document in replay.current where document > 0 {
      let text = try contents(document)
      for line in StoryText.lines(text.tokens, text.traits) { memory.see(line) }
    }
    replay.forgetLines()
  }
}
