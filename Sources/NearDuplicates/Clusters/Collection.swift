// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// All documents seen so far, in clusters; decides where each new one belongs.
///
/// Owned by one task. Its decisions depend only on the documents, their order and the settings;
/// bringing a collection back from the state goes through the same insertions as deciding did, so
/// that it goes on exactly as it would have.
package struct Collection: Sendable {
  /// Reads the stored tokens of an earlier document.
  package typealias Contents = (UInt32) throws -> [UInt32]

  /// At most this many clusters are compared in full with one document.
  private static let candidateLimit = 16
  /// Shared shingles, sampled, that make a cluster a candidate.
  private static let threshold = 0.33

  private var index = ShingleIndex()
  /// The cluster of each document as assigned or moved; place 0 is unused.
  private var clusterOf: [UInt32] = [0]
  /// What an absorbed cluster became, by number; its own number while it stands.
  private var survivors: [UInt32] = [0]
  package private(set) var clusterCount = 0

  package init() {}

  package var documentCount: Int { clusterOf.count - 1 }
  package var indexByteCount: Int { index.byteCount + clusterOf.count * 8 }

  /// The cluster that a document is in now.
  package func cluster(of document: UInt32) -> UInt32 { survivor(clusterOf[Int(document)]) }

  private func survivor(_ cluster: UInt32) -> UInt32 {
    var cluster = cluster
    while survivors[Int(cluster)] != cluster { cluster = survivors[Int(cluster)] }
    return cluster
  }

  // MARK: Deciding

  /// Takes the next document in; its number is one more than the last one's.
  package mutating func add(
    _ fingerprint: Fingerprint, contents: Contents
  ) rethrows -> Assignment {
    let document = UInt32(clusterOf.count)
    let shingles = ShingleSet(fingerprint.tokens)
    var best: [Assignment.Match] = []
    for candidate in candidates(of: fingerprint.sketch) {
      let comparison = ShingleSet.overlap(shingles, ShingleSet(try contents(candidate)))
      let match = Assignment.Match(
        document: candidate, resemblance: comparison.resemblance,
        containment: comparison.containment, shared: comparison.shared,
        clusterSimilarity: comparison.containment)
      if match.containment >= Self.threshold { best.append(match) }
    }
    best.sort { ($0.containment, $1.document) > ($1.containment, $0.document) }
    guard let match = best.first else {
      insert(document, fingerprint.sketch, cluster: document)
      return Assignment(cluster: document, relation: .first)
    }
    var assignment = Assignment(
      cluster: cluster(of: match.document), relation: .near, match: match)
    insert(document, fingerprint.sketch, cluster: assignment.cluster)
    for other in best.dropFirst() {
      let (mine, theirs) = (cluster(of: document), cluster(of: other.document))
      guard mine != theirs, other.containment >= 0.4 else { continue }
      let (into, absorbed) = (min(mine, theirs), max(mine, theirs))
      merge(absorbed, into: into)
      assignment.revisions.append(
        .merge(into: into, absorbed: [absorbed], document: document, match: other))
    }
    return assignment
  }

  /// Takes a document in whose bytes equal those of an earlier one.
  package mutating func addIdentical(
    _ fingerprint: Fingerprint, to original: UInt32
  ) -> Assignment {
    let document = UInt32(clusterOf.count)
    clusterOf.append(cluster(of: original))
    survivors.append(document)
    return Assignment(
      cluster: clusterOf[Int(document)], relation: .identical,
      match: Assignment.Match(
        document: original, resemblance: 1, containment: 1, shared: ShingleSet(fingerprint.tokens).count,
        clusterSimilarity: 1))
  }

  /// The documents to compare with, one of each cluster, the most promising first.
  private func candidates(of sketch: Sketch) -> [UInt32] {
    var hits: [UInt32: (count: Int, document: UInt32)] = [:]
    for hash in sketch.hashes where index.documentCount(of: hash) < ShingleIndex.listLimit {
      index.forEachDocument(of: hash) { document in
        let cluster = cluster(of: document)
        hits[cluster, default: (0, document)].count += 1
      }
    }
    let needed = sketch.hashes.count <= 24 ? 1 : 2
    return hits.filter { $0.value.count >= needed }
      .sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }
      .prefix(Self.candidateLimit).map(\.value.document)
  }

  private mutating func insert(_ document: UInt32, _ sketch: Sketch, cluster: UInt32) {
    clusterOf.append(cluster)
    survivors.append(document)
    if cluster == document { clusterCount += 1 }
    for hash in sketch.hashes { index.insert(document, for: hash) }
  }

  private mutating func merge(_ absorbed: UInt32, into survivor: UInt32) {
    survivors[Int(absorbed)] = survivor
    clusterCount -= 1
  }

  // MARK: Bringing back

  /// Takes the next document in as it was decided before.
  package mutating func restore(_ sketch: Sketch?, cluster: UInt32) {
    let document = UInt32(clusterOf.count)
    if let sketch {
      insert(document, sketch, cluster: cluster)
    } else {
      clusterOf.append(cluster)
      survivors.append(document)
    }
  }

  /// Repeats a revision that followed the last document that was restored.
  package mutating func restoreMerge(of absorbed: UInt32, into survivor: UInt32) {
    merge(absorbed, into: survivor)
  }

  /// Repeats a revision that followed the last document that was restored.
  package mutating func restoreMove(of document: UInt32, to cluster: UInt32) {
    clusterOf[Int(document)] = cluster
  }

  package func checkInvariants() {
    #if DEBUG
      index.checkInvariants()
      precondition(survivors.count == clusterOf.count, "each document may found a cluster")
    #endif
  }
}
