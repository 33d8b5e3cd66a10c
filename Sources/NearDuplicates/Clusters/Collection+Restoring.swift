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
      bind(trace.document, text.lawful)
      if text.isRoundUp { clusters.noteRoundUp(trace.document) }
      index.repost(trace.document, for: text.posted, growth: growth)
      sampleWeights.append(text.sampleWeight)
      gather(text.sequenceKey, of: trace.document)
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

  /// Ends a restoring; the texts that it answers are still to be counted, all and in their order,
  /// before anything is added.
  ///
  /// These are the last 16,384 documents at most that began a cluster, and those that came between
  /// them.
  package mutating func finishReplay() -> UncountedTexts {
    index.finishReposting()
    for shard in 0..<ShardedTable.shardCount { noteGatheredSequences(ofShard: shard) }
    gatheredSequences = GatheredEntries()
    if replay.isCut { counts.expand() }
    defer { replay = CountReplay() }
    return UncountedTexts(entries: replay.entries)
  }

  /// Counts the runs of texts.
  package mutating func count(_ texts: [UncountedTexts.Runs]) {
    for text in texts {
      counts.add(text.own.pairs, unlessIn: text.mates.map(\.pairs))
      counts.add(text.own.triples, unlessIn: text.mates.map(\.triples))
      if text.mates.isEmpty { counts.didBeginCluster() }
    }
  }

  /// Ends a restoring and counts what is uncounted.
  package mutating func finishRestoring(contents: Contents) throws {
    let texts = finishReplay()
    for place in 0..<texts.count { count(try texts.runs(place..<place + 1, contents: contents)) }
  }

  /// By how much a table grows that has become full: to what it is going to need, if that is known.
  private var growth: Double {
    documentCount == 0 ? 2 : min(2, Double(expectedDocuments) / Double(documentCount))
  }

  private mutating func gather(_ sequenceKey: UInt64, of document: UInt32) {
    let (shard, entry) = sequences.entry(sequenceKey, document)
    if gatheredSequences.append(entry, ofShard: shard) { noteGatheredSequences(ofShard: shard) }
  }

  private mutating func noteGatheredSequences(ofShard shard: Int) {
    let growth = growth
    gatheredSequences.take(shard: shard) { entries in
      sequences.put(
        entries, inShard: shard, growth: growth, touch: { _ in 0 }, joined: { first, _ in first })
    }
  }
}
