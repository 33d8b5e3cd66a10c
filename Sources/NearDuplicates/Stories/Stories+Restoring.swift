// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Stories {
  /// Brings a unit back as it was decided.
  ///
  /// - Parameter time: Microseconds since the epoch, as it was given to `link`.
  package mutating func restore(_ trace: StoryTrace, time: Int64) {
    finishMoves()
    expire(at: time)
    let terms = trace.terms.map { (term: $0.term, weight: $0.weight) }
    _ = enter(TermVector(terms), terms, trace.cluster, trace.document, trace.story)
  }

  /// Repeats a document's joining a cluster.
  package mutating func restoreAdd(_ document: UInt32, to cluster: UInt32) {
    finishMoves()
    add(document, to: cluster)
  }

  /// Repeats a merging of clusters.
  package mutating func restoreMergeClusters(into kept: UInt32, absorbed gone: UInt32) {
    finishMoves()
    _ = mergeClusters(into: kept, absorbed: gone)
  }

  /// Repeats a document's move to a cluster that has a unit.
  package mutating func restoreMove(_ document: UInt32, from: UInt32, to cluster: UInt32) {
    finishMoves()
    _ = move(document, from: from, to: cluster, reason: "")
  }

  /// Repeats a merging of stories, which may have come with that of their clusters.
  package mutating func restoreStoryMerge(of absorbed: UInt32, into kept: UInt32) {
    finishMoves()
    if survivors[absorbed] == nil, survivors[kept] == nil { fold(kept, absorbed) }
  }

  /// Repeats a document's move to another story; that of a whole cluster is told by its unit's.
  package mutating func restoreStoryMove(
    _ document: UInt32, from story: UInt32, to target: UInt32
  ) {
    guard let unit = unitOfCluster[document], units[place(unit)].story == story else { return }
    if replay.destination != target { finishMoves() }
    replay.destination = target
    replay.leaving.append(unit)
  }

  /// Those who left a story together are its other half.
  private mutating func finishMoves() {
    guard let first = replay.leaving.first else { return }
    let (leaving, target) = (replay.leaving, replay.destination)
    replay.leaving = []
    replay.destination = 0
    if let name = unitOfCluster[target] { units[place(name)].hasNamed = true }
    part(leaving, from: units[place(first)].story, to: target)
  }

  /// Sees again the lines that are still remembered; to be called once, before anything is added.
  ///
  /// Asks for the contents of the last 16,384 units at most.
  package mutating func finishRestoring(contents: Contents) throws {
    finishMoves()
    for document in replay.older {
      let text = try contents(document)
      for line in StoryText.lines(text.tokens, text.traits) { memory.seeEarlier(line) }
    }
    for document in replay.current {
      let text = try contents(document)
      for line in StoryText.lines(text.tokens, text.traits) { memory.see(line) }
    }
    replay.forgetLines()
  }
}
