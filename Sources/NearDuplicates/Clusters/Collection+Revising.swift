// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Collection {
  /// So many representatives of each of two clusters are compared before they are merged.
  private static let crossed = 4

  /// Looks again at earlier decisions that the arrival throws light on: at most one document moves
  /// to another cluster, and at most one leaves its own.
  mutating func revise(_ revision: inout CollectionRevision, _ contents: Contents) throws {
    if let roundUp = revision.roundUp { try part(roundUp: roundUp, &revision, contents) }
    if let frame = revision.frame { try part(frame, &revision, contents) }
    if revision.joined != nil { try merge(&revision, contents) }
    try moveKindred(&revision, contents)
    try partStranger(&revision, contents)
  }

  /// Scores of a document with others in one cluster or in two.
  private mutating func scores(
    _ document: UInt32, _ others: some Sequence<UInt32>, clusters: Int, _ contents: Contents
  ) throws -> [Double] {
    var scores: [Double] = []
    for other in others {
      scores.append(
        try scorer.score(document, other, clusters: clusters, counts, contents).logOdds)
    }
    return scores
  }

  // MARK: Merging

  private mutating func merge(_ revision: inout CollectionRevision, _ contents: Contents) throws {
    for (place, other) in revision.compared.enumerated()
    where place != revision.joined && other.linkage > Linkage.joining + strictness {
      let mine = clusters.cluster(of: revision.document)
      guard mine != other.cluster, clusters.stands(other.cluster) else { continue }
      let isLawful = !other.lawful.isEmpty && revision.isLawful
      if !isLawful, isHeld(other.cluster, with: mine, revision) { continue }
      let own = clusters.representatives(of: mine).filter { $0 != revision.document }
      let theirs = clusters.representatives(of: other.cluster).prefix(Self.crossed)
      var scores: [Double] = []
      for member in own.prefix(Self.crossed) {
        scores += try self.scores(member, theirs, clusters: 2, contents)
      }
      guard let best = other.best,
        let linkage = isLawful ? PairModel.limit : Linkage.link(scores),
        linkage > Linkage.joining + strictness
      else { continue }
      clusters.merge(mine, other.cluster)
      revision.revisions.append(
        .merge(
          into: min(mine, other.cluster), absorbed: [max(mine, other.cluster)],
          document: revision.document, match: Assignment.Match(best, linkage: linkage)))
    }
  }

  // MARK: Moving

  /// A member of another cluster that is near to the arrival may belong to its cluster.
  private mutating func moveKindred(
    _ revision: inout CollectionRevision, _ contents: Contents
  ) throws {
    let mine = clusters.cluster(of: revision.document)
    guard clusters.size(of: mine) >= 2 else { return }
    for member in revision.compared.lazy.flatMap(\.members)
    where member.score.logOdds >= Linkage.movingHint {
      let from = clusters.cluster(of: member.document)
      guard from != mine, from != member.document, clusters.size(of: from) >= 2,
        !clusters.isBound(member.document)
      else { continue }
      var here: [Double] = []
      for other in clusters.representatives(of: mine) {
        here +=
          other == revision.document
          ? [member.score.logOdds]
          : try scores(member.document, [other], clusters: 2, contents)
      }
      let companions = clusters.representatives(of: from).filter { $0 != member.document }
      let there = try scores(member.document, companions, clusters: 1, contents)
      guard let fitHere = Linkage.link(here), let fitThere = Linkage.link(there),
        fitHere > max(Linkage.joining + strictness, fitThere) + Linkage.movingMargin
      else { return }
      move(
        member.document, to: mine, &revision,
        reason: "document \(revision.document) shows that it fits this cluster "
          + "(\(Self.decimals(fitHere))) better than the one it was in "
          + "(\(Self.decimals(fitThere)))")
      return
    }
  }

  /// The member that has least in common with the arrival may not belong where it is.
  private mutating func partStranger(
    _ revision: inout CollectionRevision, _ contents: Contents
  ) throws {
    for compared in revision.compared {
      let cluster = compared.cluster
      guard clusters.stands(cluster), clusters.size(of: cluster) >= 2 else { continue }
      let members = compared.members.filter { clusters.cluster(of: $0.document) == cluster }
      guard let weakest = members.min(by: { $0.score.logOdds < $1.score.logOdds }) else {
        continue
      }
      let document = weakest.document
      let others = clusters.representatives(of: cluster).filter { $0 != document }
      let scores = try scores(document, others, clusters: 1, contents)
      guard let fit = Linkage.link(scores), fit < Linkage.parting else { return }
      // The founder keeps the number; of a pair the other one goes.
      let parted = document == cluster ? others[0] : document
      if document == cluster, clusters.size(of: cluster) > 2 { return }
      if clusters.hasNamed(parted) || clusters.isBound(parted) { return }
      move(
        parted, to: parted, &revision,
        reason: "document \(revision.document) shows that it does not fit the cluster it was in "
          + "(\(Self.decimals(fit)))")
      return
    }
  }

  /// Moves a document and its copies.
  mutating func move(
    _ document: UInt32, to cluster: UInt32, _ revision: inout CollectionRevision, reason: String
  ) {
    guard let copies = clusters.copies(of: document) else { return }
    let from = clusters.cluster(of: document)
    clusters.move(document, to: cluster)
    revision.revisions.append(.move(document: document, from: from, to: cluster, reason: reason))
    for copy in copies {
      revision.revisions.append(
        .move(
          document: copy, from: from, to: cluster,
          reason: "it has the same words as document \(document), which moved"))
    }
  }

  /// A probability with two decimals.
  private static func decimals(_ logOdds: Double) -> String {
    let hundredths = Int((Linkage.probability(logOdds) * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
  }
}
