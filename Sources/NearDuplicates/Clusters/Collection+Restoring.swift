// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Collection {
  /// Takes the next document in as it was decided before.
  ///
  /// - Parameters:
  ///   - trace: What `Assignment.trace` was.
  ///   - cluster: The cluster as assigned.
  package mutating func restore(_ trace: DocumentTrace, cluster: UInt32) {
    restoreAbsence(through: trace.document - 1)
    precondition(trace.document == clusters.nextDocument, "one after the other")
    switch trace.kind {
    case .copy(let original):
      clusters.copy(original)
      sampleWeights.append(0)
    case .text(let text):
      if cluster == trace.document {
        place(trace.document, in: nil)
      } else {
        clusters.rejoin(cluster)
      }
      bind(trace.document, text.lawful.filter { clusters.isPresent($0) })
      if text.isRoundUp { clusters.noteRoundUp(clusters.cluster(of: trace.document)) }
      let posted = text.posted + takenOver(by: trace.document, text.withheld)
      postedCount += posted.count
      index.repost(trace.document, for: posted, growth: growth)
      sampleWeights.append(text.sampleWeight)
      gather(text.sequenceKey, of: trace.document)
      if trace.document >= countedFrom {
        replay.append(trace.document, mates: text.mates.filter { clusters.isPresent($0) })
      }
    }
  }

  /// The documents from the next one to this one were forgotten.
  package mutating func restoreAbsence(through document: UInt32) {
    while clusters.nextDocument <= document {
      clusters.skip()
      sampleWeights.append(0)
    }
  }

  /// A key that a member of a cluster has taken over.
  struct TakenOver: Hashable, Sendable {
    let key: UInt64
    let cluster: UInt32
  }

  /// The keys of a document that only others had listed which are gone: of the members of a cluster
  /// the first that has a key takes it over.
  private mutating func takenOver(
    by document: UInt32, _ withheld: [DocumentTrace.Withheld]
  ) -> [UInt64] {
    var keys: [UInt64] = []
    for part in withheld where !clusters.isPresent(part.by) {
      let cluster = clusters.cluster(of: document)
      for key in part.keys
      where takenOver.insert(TakenOver(key: key, cluster: cluster)).inserted {
        keys.append(key)
      }
    }
    return keys
  }

  /// Repeats a revision that followed the last document that was restored.
  package mutating func restoreMerge(of absorbed: UInt32, into survivor: UInt32) {
    clusters.remerge(absorbed, into: survivor)
  }

  /// Repeats a revision that followed the last document that was restored.
  package mutating func restoreMove(of document: UInt32, to cluster: UInt32) {
    guard clusters.isPresent(document), clusters.cluster(of: document) != cluster else { return }
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
    takenOver = []
    if replay.isCut { counts.expand() }
    defer { replay = CountReplay() }
    return UncountedTexts(entries: replay.entries)
  }

  /// Counts what has been restored so far at once, rather than at the end; good as long as less
  /// than two generations of the counts are restored.
  package mutating func countRestored(contents: Contents) throws {
    if replay.entries.isEmpty { return }
    let texts = UncountedTexts(entries: replay.entries)
    replay = CountReplay()
    count(try texts.runs(0..<texts.count, contents: contents))
  }

  /// Takes over what the collection that this one takes the place of had derived: it changes no
  /// decision.
  package mutating func inherit(from other: Collection) { scorer = other.scorer }

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
