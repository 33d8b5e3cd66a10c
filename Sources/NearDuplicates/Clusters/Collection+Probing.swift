// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a collection would decide of a document that it does not have.
package struct Probe: Sendable, Equatable {
  /// A cluster that the document was compared with.
  package struct Candidate: Sendable, Equatable {
    package var cluster: UInt32
    /// How many distinct texts it has.
    package var texts: Int
    /// The member that is nearest.
    package var match: Assignment.Match
    /// Whether the document would join it.
    package var isJoined = false
  }

  package var relation: Assignment.Relation
  /// The cluster that it would join first, then by how well it fits them.
  package var candidates: [Candidate]
  /// A document joins above this cluster similarity.
  package var limit: Double
}

extension Collection {
  /// What `add` would decide now; later decisions are as if it had not been asked.
  package mutating func probe(
    _ document: PreparedDocument, contents: Contents
  ) throws -> Probe {
    if let original = try original(of: document, contents) {
      return probe(document, copyOf: original, relation: .near)
    }
    scorer.begin(clusters.nextDocument, document.profile)
    defer { scorer.discard() }
    let compared = try compare(document, contents)
    let joined = try choice(compared, contents).joined
    var candidates: [(linkage: Double, candidate: Probe.Candidate)] = []
    for (place, cluster) in compared.enumerated() {
      guard let best = cluster.best else { continue }
      let candidate = Probe.Candidate(
        cluster: cluster.cluster, texts: clusters.size(of: cluster.cluster),
        match: Assignment.Match(best, linkage: cluster.linkage), isJoined: place == joined)
      candidates.append((place == joined ? .infinity : cluster.linkage, candidate))
    }
    candidates.sort { one, other in
      one.linkage != other.linkage
        ? one.linkage > other.linkage : one.candidate.cluster < other.candidate.cluster
    }
    return Probe(
      relation: joined == nil ? .first : .near, candidates: candidates.map(\.candidate),
      limit: limit)
  }

  /// What `addIdentical` would decide.
  package func probeIdentical(_ document: PreparedDocument, to original: UInt32) -> Probe {
    probe(document, copyOf: original, relation: .identical)
  }

  private func probe(
    _ document: PreparedDocument, copyOf earlier: UInt32, relation: Assignment.Relation
  ) -> Probe {
    let cluster = clusters.cluster(of: earlier)
    let candidate = Probe.Candidate(
      cluster: cluster, texts: clusters.size(of: cluster),
      match: .ofCopy(document, earlier), isJoined: true)
    return Probe(relation: relation, candidates: [candidate], limit: limit)
  }

  /// A document joins a cluster above this similarity, 0 to 1.
  var limit: Double { Linkage.probability(Linkage.joining + strictness) }
}
