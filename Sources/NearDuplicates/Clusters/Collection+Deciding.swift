// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Collection {
  /// So many members of a cluster are compared, at most.
  private static let comparedMembers = 8
  /// So many of them have to have what an arriving document has, for it not to be counted again.
  static let mates = 4

  /// Compares the arriving document, which the scorer knows of, with the candidates.
  mutating func compare(
    _ document: PreparedDocument, _ contents: Contents
  ) throws -> [ComparedCluster] {
    let number = clusters.nextDocument
    let candidates = search.candidates(
      for: document, in: index, &clusters, weights: sampleWeights)
    return try candidates.map { try compare($0, with: number, contents) }
  }

  /// Compares the arriving document with members of a cluster: those that share most with it, then
  /// those that stand for the cluster.
  mutating func compare(
    _ candidate: CandidateSearch.Candidate, with document: UInt32, _ contents: Contents
  ) throws -> ComparedCluster {
    var members: [ComparedCluster.Member] = []
    var best = -PairModel.limit
    for member in self.members(toCompare: candidate) {
      let score = try scorer.score(document, member, clusters: 1, counts, contents)
      members.append(.init(document: member, score: score))
      best = max(best, score.logOdds)
      // All that share most are compared, or the one that is nearly the same may be missed.
      if members.count >= max(2, candidate.documents.count), best < Linkage.hopeless { break }
    }
    let linkage =
      members.contains(where: \.score.isLawful)
      ? PairModel.limit : Linkage.link(members.map(\.score.logOdds)) ?? -PairModel.limit
    return ComparedCluster(cluster: candidate.cluster, members: members, linkage: linkage)
  }

  /// Those that share most with the arriving document, then those that stand for the cluster.
  func members(toCompare candidate: CandidateSearch.Candidate) -> [UInt32] {
    var chosen = candidate.documents
    for other in clusters.representatives(of: candidate.cluster)
    where chosen.count < Self.comparedMembers && !chosen.contains(other) {
      chosen.append(other)
    }
    return chosen
  }

  /// Where the arriving document belongs.
  struct Choice {
    /// The cluster to join, as a place in the list of those compared.
    var joined: Int?
    /// The clusters whose texts stand beside each other in it.
    var contains: [UInt32] = []
    /// An earlier document that is seen to be a round-up.
    var roundUp: UInt32?
    /// What is seen to be a frame.
    var frame: FrameEvidence?
  }

  /// Linkages that differ by less are alike.
  private static let alikeLinkage = 1.5

  /// Which cluster to join: of those that fit about as well as the best, the one with the member
  /// that resembles the document most; the first of equals.
  mutating func choice(
    _ compared: [ComparedCluster], _ contents: Contents
  ) throws -> Choice {
    let near = compared.indices.filter {
      compared[$0].linkage > Linkage.joining + strictness && !isPart(of: compared[$0])
    }
    guard !near.isEmpty else { return Choice() }
    if let frame = try frame(compared, contents) { return Choice(frame: frame) }
    let contains = try parts(near.map { compared[$0] }, contents).sorted()
    // A copy of a round-up goes where that is.
    let whole = near.filter { contains.isEmpty || isCopy(of: compared[$0]) }
    guard let greatest = whole.map({ compared[$0].linkage }).max() else {
      return Choice(contains: contains)
    }
    var chosen: Int?
    func resemblance(_ place: Int) -> Double {
      compared[place].best?.score.overlap.resemblance ?? 0
    }
    for place in whole where compared[place].linkage >= greatest - Self.alikeLinkage {
      if let chosen, resemblance(chosen) >= resemblance(place) { continue }
      chosen = place
    }
    guard let chosen else { return Choice() }
    if let roundUp = try roundUp(in: compared[chosen], contents) { return Choice(roundUp: roundUp) }
    return Choice(joined: chosen, contains: contains)
  }

  /// Carries the decision out: into a cluster, or as the first of a new one.
  mutating func enter(
    _ document: PreparedDocument, _ joined: ComparedCluster?, lawful: [UInt32] = [],
    isRoundUp: Bool = false, _ contents: Contents
  ) throws -> Assignment {
    let number = clusters.nextDocument
    let mates = joined.map { $0.members.prefix(Self.mates).map(\.document) } ?? []
    place(number, in: joined?.cluster)
    bind(number, lawful)
    if isRoundUp { clusters.noteRoundUp(number) }
    try count(document.profile, mates: mates, contents)
    let cluster = clusters.cluster(of: number)
    var (posted, withheld) = post(document, number, in: cluster)
    posted += postBands(document, number, listed: posted.count)
    postedCount += posted.count
    note(document.sampleWeight, document.sequenceKey, of: number)
    let trace = DocumentTrace(
      document: number,
      kind: .text(
        .init(
          sampleWeight: document.sampleWeight, sequenceKey: document.sequenceKey, mates: mates,
          lawful: lawful, posted: posted, isRoundUp: clusters.isRoundUp(cluster),
          withheld: withheld)))
    return Assignment(
      cluster: cluster, relation: joined == nil ? .first : .near,
      match: joined.flatMap { joined in
        joined.best.map { Assignment.Match($0, linkage: joined.linkage) }
      },
      trace: trace.encode())
  }

  /// Lists a document under its sampled shingles: those under which it is now, and those under
  /// which others of its cluster are.
  private mutating func post(
    _ document: PreparedDocument, _ number: UInt32, in cluster: UInt32
  ) -> (posted: [UInt64], withheld: [DocumentTrace.Withheld]) {
    let now = clusters
    var posted: [UInt64] = []
    posted.reserveCapacity(document.fingerprint.sketch.hashes.count)
    var withheld: [DocumentTrace.Withheld] = []
    for hash in document.fingerprint.sketch.hashes {
      var kin: UInt32 = 0
      let isPosted = index.post(
        number, for: hash,
        unless: { other in
          guard now.cluster(of: other) == cluster else { return false }
          kin = other
          return true
        })
      let key = ShardedTable.key(hash)
      if isPosted {
        posted.append(key)
      } else if kin == number {
        // Two hashes of the sample have one key.
        continue
      } else if kin != 0 {
        if let place = withheld.firstIndex(where: { $0.by == kin }) {
          withheld[place].keys.append(key)
        } else {
          withheld.append(.init(by: kin, keys: [key]))
        }
      }
    }
    return (posted, withheld)
  }

  /// Lists a document by its bands too where its shingles hardly find it: their lists are full, or
  /// name another of its cluster.
  private mutating func postBands(
    _ document: PreparedDocument, _ number: UInt32, listed: Int
  ) -> [UInt64] {
    guard 4 * listed < 3 * document.fingerprint.sketch.hashes.count else { return [] }
    let bands = ResemblanceBands.keys(of: document.profile.triples)
    var keys = bands
    if bands.contains(where: { index.count(of: $0) >= ResemblanceBands.fullList }) {
      keys += ResemblanceBands.pairKeys(bands)
    }
    for key in keys { _ = index.post(number, for: key, limit: .max, unless: { _ in false }) }
    return keys.map(ShardedTable.key)
  }

  /// Notes that documents are near by the law: none of them is ever parted from its cluster.
  mutating func bind(_ document: UInt32, _ others: [UInt32]) {
    guard !others.isEmpty else { return }
    clusters.bind(document)
    for other in others { clusters.bind(other) }
  }

  /// Puts the next document into a cluster, or makes it the first of one.
  mutating func place(_ document: UInt32, in cluster: UInt32?) {
    if let cluster {
      clusters.join(cluster)
      clusters.admit(document, to: cluster)
    } else {
      clusters.begin()
    }
  }

  /// Remembers what later decisions look up by number.
  mutating func note(_ sampleWeight: UInt32, _ sequenceKey: UInt64, of document: UInt32) {
    sampleWeights.append(sampleWeight)
    let place = sequences.place(for: sequenceKey)
    if sequences.value(at: place) == nil { sequences.fill(place, document) }
  }

  /// Counts the runs of a document that none of its mates has; without mates it began a cluster.
  mutating func count(
    _ profile: DocumentProfile, mates: [UInt32], _ contents: Contents
  ) throws {
    let others = try mates.map { try scorer.profile(of: $0, contents) }
    counts.add(profile.pairs, unlessIn: others.map(\.pairs))
    counts.add(profile.triples, unlessIn: others.map(\.triples))
    if mates.isEmpty { counts.didBeginCluster() }
  }
}

extension Assignment.Match {
  /// Of a document with the same words as an earlier one.
  static func ofCopy(_ document: PreparedDocument, _ earlier: UInt32) -> Assignment.Match {
    Assignment.Match(
      document: earlier, resemblance: 1, containment: 1, shared: document.profile.triples.count,
      clusterSimilarity: 1)
  }

  init(_ member: ComparedCluster.Member, linkage: Double) {
    let overlap = member.score.overlap
    self.init(
      document: member.document, resemblance: overlap.resemblance,
      containment: overlap.containment, shared: overlap.shared,
      clusterSimilarity: Linkage.probability(linkage))
  }
}
