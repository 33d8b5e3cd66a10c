// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Round-ups: documents in which texts stand beside each other that have nothing to do with one
/// another, as in digests, newsletters and feeds.
///
/// A round-up is no copy of the texts that it holds and does not make them copies of each other.
extension Collection {
  /// A document that is covered to this share by one cluster is a copy of its text with something
  /// beside it.
  static let copyCoverage = 0.65
  /// A text that is in a round-up is there to this share.
  private static let partCoverage = 0.5
  /// Texts with less alike words are about different things; parts of one article are not.
  private static let unrelatedCosine = 0.2
  /// So many members of each of two clusters are compared.
  private static let compared = 3

  /// The clusters that stand beside each other in the arriving document, if it is a round-up.
  ///
  /// - Parameter near: Those that it would be near to, taken one by one.
  mutating func parts(
    _ near: [ComparedCluster], _ contents: Contents
  ) throws -> [UInt32] {
    let whole = near.filter { cluster in
      !isCopy(of: cluster)
        && cluster.best.map { $0.score.olderCovered >= Self.partCoverage } ?? false
    }
    guard whole.count >= 2 else { return [] }
    if near.contains(where: { isCopy(of: $0) && !clusters.isRoundUp($0.cluster) }) { return [] }
    // Parts of one article that never met are no round-up.
    for (place, one) in whole.enumerated() {
      for other in whole[(place + 1)...] where try areRelated(one, other, contents) { return [] }
    }
    return whole.map(\.cluster)
  }

  /// Whether the arriving document is a cluster's text with something beside it, or nearly the
  /// same.
  func isCopy(of cluster: ComparedCluster) -> Bool {
    !cluster.lawful.isEmpty || (cluster.best?.score.newerCovered ?? 0) >= Self.copyCoverage
  }

  /// Whether the arriving document is a part of a round-up, and no copy of it.
  func isPart(of cluster: ComparedCluster) -> Bool {
    clusters.isRoundUp(cluster.cluster) && cluster.lawful.isEmpty
      && (cluster.best?.score.olderCovered ?? 0) < Self.copyCoverage
  }

  /// Whether one of two clusters is a round-up, or what stands in one: they are not made one.
  func isHeld(_ other: UInt32, with mine: UInt32, _ revision: CollectionRevision) -> Bool {
    clusters.isRoundUp(other) || clusters.isRoundUp(mine) || revision.contains.contains(other)
  }

  private mutating func areRelated(
    _ one: ComparedCluster, _ other: ComparedCluster, _ contents: Contents
  ) throws -> Bool {
    for first in one.members.prefix(Self.compared) {
      for second in other.members.prefix(Self.compared) {
        let score = try score(first.document, second.document, clusters: 2, contents)
        if !Self.areUnrelated(score) { return true }
      }
    }
    return false
  }

  private static func areUnrelated(_ score: PairScore) -> Bool {
    score.logOdds < Linkage.hopeless && score.cosine < unrelatedCosine
  }

  /// The member that shows itself as a round-up, since the arriving document stands in it beside
  /// the
  /// other members of its cluster and has nothing to do with them.
  mutating func roundUp(
    in cluster: ComparedCluster, _ contents: Contents
  ) throws -> UInt32? {
    guard let holder = cluster.best, !holder.score.isLawful,
      holder.score.olderCovered < Self.copyCoverage,
      holder.score.newerCovered >= Self.partCoverage
    else { return nil }
    let others = cluster.members.filter { $0.document != holder.document }
    guard !others.isEmpty, others.allSatisfy({ Self.areUnrelated($0.score) }) else { return nil }
    for other in others.prefix(Self.compared) {
      let (newer, older) = (
        max(holder.document, other.document), min(holder.document, other.document)
      )
      let score = try score(newer, older, clusters: 1, contents)
      let covered = holder.document == newer ? score.newerCovered : score.olderCovered
      let part = holder.document == newer ? score.olderCovered : score.newerCovered
      guard covered < Self.copyCoverage, part >= Self.partCoverage else { return nil }
    }
    return holder.document
  }

  /// Parts a round-up from the members of its cluster.
  ///
  /// If the cluster is named after the round-up, the others leave it, as long as all are known.
  mutating func part(
    roundUp: UInt32, _ revision: inout CollectionRevision, _ contents: Contents
  ) throws {
    let cluster = clusters.cluster(of: roundUp)
    let reason = "document \(revision.document) shows that document \(roundUp) is a round-up"
    if roundUp != cluster {
      guard !clusters.hasNamed(roundUp), !clusters.isBound(roundUp) else { return }
      return move(roundUp, to: roundUp, &revision, reason: reason)
    }
    let members = clusters.representatives(of: cluster).filter { $0 != roundUp }
    guard members.count + 1 == clusters.size(of: cluster) else { return }
    var founded: [UInt32] = []
    for member in members.sorted() where !clusters.isBound(member) {
      let mate = try founded.first { mate in
        try score(member, mate, clusters: 1, contents).logOdds > Linkage.joining + strictness
      }
      if mate == nil, clusters.hasNamed(member) { continue }
      move(member, to: mate ?? member, &revision, reason: reason)
      // One with too many copies has stayed where it was.
      if clusters.cluster(of: member) == member { founded.append(member) }
    }
  }

  private mutating func score(
    _ one: UInt32, _ other: UInt32, clusters: Int, _ contents: Contents
  ) throws -> PairScore {
    try scorer.score(max(one, other), min(one, other), clusters: clusters, counts, contents)
  }
}
