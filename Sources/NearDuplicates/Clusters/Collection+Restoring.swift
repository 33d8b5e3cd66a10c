// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Collection {
  /// Takes the next document in as it was decided before.
  ///
  /// - Parameters:
  ///   - trace: What `Assignment.trace` was.
  ///   - cluster: The cluster as assigned.
  package mutating func restore(_ trace: DocumentTrace, cluster: UInt32) {
    precondition(trace.document == clusters.nextDocument, "one after the other")
    switch trace.kind {
    case .copy(let original):
      clusters.copy(original)
      sampleWeights.append(0)
    case .text(let text):
      place(trace.document, in: cluster == trace.document ? nil : cluster)
      index.repost(trace.document, for: text.posted)
      note(text.sampleWeight, text.sequenceKey, of: trace.document)
      replay.append(trace.document, mates: text.mates)
    }
  }

  /// Repeats a revision that followed the last document that was restored.
  package mutating func restoreMerge(of absorbed: UInt32, into survivor: UInt32) {
    clusters.merge(survivor, absorbed)
  }

  /// Repeats a revision that followed the last document that was restored.
  package mutating func restoreMove(of document: UInt32, to cluster: UInt32) {
    // Copies have moved with their originals.
    if clusters.original(of: document) == document { clusters.move(document, to: cluster) }
  }

  /// Counts again what the last documents hold; to be called once, before anything is added.
  ///
  /// Asks for the contents of the last 16,384 documents at most that began a cluster, and of those
  /// that came between them.
  package mutating func finishRestoring(contents: Contents) throws {
    if replay.isCut { counts.expand() }
    for entry in replay.entries {
      try count(
        try scorer.profile(of: entry.document, contents), mates: entry.mates, contents)
    }
    replay = CountReplay()
  }
}
