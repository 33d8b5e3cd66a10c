// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Finds the clusters that a document may belong to by the index; keeps its buffers.
struct CandidateSearch: Sendable {
  /// A cluster to compare with.
  struct Candidate: Sendable, Equatable {
    let cluster: UInt32
    /// The weight of the shared sampled shingles, each once, those of many clusters counting less.
    let evidence: Int
    /// Its documents with the most shared sampled shingles, the most first, then by arrival.
    var documents: [UInt32]
  }

  /// So many clusters are compared at most.
  static let clusterLimit = 8
  /// So many documents of each are named.
  static let documentLimit = 4

  /// Sampled shingles that must be shared, and how few a document must have for one to do.
  private static let leastShared = 2
  private static let shortSample = 24
  /// The least evidence, in 64ths of a word's weight; more than one run of three common words.
  private static let leastEvidence = 60 * 64
  /// The evidence must be this share (1 in …) of what the smaller of the two samples weighs.
  private static let evidenceShare = 24

  private struct ClusterHits {
    let cluster: UInt32
    var evidence = 0
    var shared = 0
    var lastShingle = -1
    /// The document with the most hits, the earliest met of several.
    var mostHits = 0
    var document: UInt32 = 0
  }

  private struct DocumentHits {
    let document: UInt32
    let cluster: Int
    var hits = 0
  }

  /// A document that the index lists under a shingle.
  private struct Listed {
    let document: UInt32
    let shingle: Int32
    let weight: Int32
  }

  private var listed: [Listed] = []
  /// Shingles of the sample that are listed, full lists included.
  private var listedCount = 0
  /// Something of all that was fetched ahead, or the fetching would be optimised away.
  private var touched: UInt32 = 0
  private var clusterPlaces = NumberMap()
  private var documentPlaces = NumberMap()
  private var clusterHits: [ClusterHits] = []
  private var documentHits: [DocumentHits] = []

  /// - Parameter weights: of the samples of all earlier documents, by number from the horizon on.
  mutating func candidates(
    for document: PreparedDocument, in index: ShingleIndex, _ clusters: inout ClusterTable,
    weights: ContiguousArray<UInt32>
  ) -> [Candidate] {
    clusterPlaces.removeAll()
    documentPlaces.removeAll()
    clusterHits.removeAll(keepingCapacity: true)
    documentHits.removeAll(keepingCapacity: true)
    gather(document, index, &clusters)
    var found = clusterHits.isEmpty ? [] : candidates(document, weights, base: clusters.base)
    for other in kindred(of: document, in: index).reversed() { name(other, &clusters, in: &found) }
    return found
  }

  // MARK: Documents of nearly the same shingles

  /// So many documents of nearly the same shingles are named.
  private static let kindredLimit = 8
  /// A document of whose sample less than one in so many was listed before has no such kindred that
  /// its shingles do not find.
  private static let listedShare = 8

  /// Documents that share the most bands, the most first, then by arrival.
  private mutating func kindred(of document: PreparedDocument, in index: ShingleIndex) -> [UInt32] {
    let sample = document.fingerprint.sketch.hashes
    guard listedCount * Self.listedShare >= sample.count else { return [] }
    let bands = ResemblanceBands.keys(of: document.profile.triples)
    var shared: [UInt32: Int] = [:]
    var isFull = false
    index.forEachListed(bands) { _, count, documents in
      isFull = isFull || count >= ResemblanceBands.fullList
      for place in 0..<count { shared[documents[place], default: 0] += 1 }
    }
    if isFull {
      index.forEachListed(ResemblanceBands.pairKeys(bands)) { _, count, documents in
        for place in 0..<count { shared[documents[place], default: 0] += 1 }
      }
    }
    let ranked = shared.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    return ranked.prefix(Self.kindredLimit).map(\.key)
  }

  /// Adds a document to the candidates, with its cluster where that is not among them.
  private func name(
    _ document: UInt32, _ clusters: inout ClusterTable, in candidates: inout [Candidate]
  ) {
    let cluster = clusters.settledCluster(of: document)
    guard let place = candidates.firstIndex(where: { $0.cluster == cluster }) else {
      return candidates.append(Candidate(cluster: cluster, evidence: 0, documents: [document]))
    }
    if !candidates[place].documents.contains(document) {
      // Before the others, of which not all may be compared.
      candidates[place].documents.insert(document, at: 0)
    }
  }

  private mutating func gather(
    _ document: PreparedDocument, _ index: ShingleIndex, _ clusters: inout ClusterTable
  ) {
    let weights = document.sampleWeights
    listed.removeAll(keepingCapacity: true)
    listedCount = 0
    index.forEachListed(document.fingerprint.sketch.hashes) { shingle, count, documents in
      listedCount += 1
      if count >= ShingleIndex.listLimit { return }
      let weight = Int32(weights[shingle]) * Int32(TextWeights.factor(count - 1))
      for place in 0..<count {
        listed.append(
          Listed(document: documents[place], shingle: Int32(shingle), weight: weight))
      }
    }
    for one in listed { touched |= clusters.touch(one.document) }
    for one in listed { take(one.document, Int(one.shingle), Int(one.weight), &clusters) }
  }

  @inline(__always)
  private mutating func take(
    _ document: UInt32, _ shingle: Int, _ weight: Int, _ clusters: inout ClusterTable
  ) {
    let cluster = clusters.settledCluster(of: document)
    let place = clusterPlaces.place(of: cluster)
    if place == clusterHits.count { clusterHits.append(ClusterHits(cluster: cluster)) }
    if clusterHits[place].lastShingle != shingle {
      clusterHits[place].lastShingle = shingle
      clusterHits[place].evidence += weight
      clusterHits[place].shared += 1
    }
    let documentPlace = documentPlaces.place(of: document)
    if documentPlace == documentHits.count {
      documentHits.append(DocumentHits(document: document, cluster: place))
    }
    documentHits[documentPlace].hits += 1
  }

  private mutating func candidates(
    _ document: PreparedDocument, _ weights: ContiguousArray<UInt32>, base: UInt32
  ) -> [Candidate] {
    for hits in documentHits where hits.hits > clusterHits[hits.cluster].mostHits {
      clusterHits[hits.cluster].mostHits = hits.hits
      clusterHits[hits.cluster].document = hits.document
    }
    let isShort = document.sampleWeights.count <= Self.shortSample
    let needed = isShort ? 1 : Self.leastShared
    var kept = clusterHits.indices.filter { place in
      let hits = clusterHits[place]
      guard hits.shared >= needed, hits.evidence >= Self.leastEvidence else { return false }
      let smaller = min(document.sampleWeight, weights[Int(hits.document &- base)])
      return hits.evidence * Self.evidenceShare >= 64 * Int(smaller)
    }
    kept.sort { one, other in
      let (one, other) = (clusterHits[one], clusterHits[other])
      return one.evidence != other.evidence
        ? one.evidence > other.evidence : one.cluster < other.cluster
    }
    return kept.prefix(Self.clusterLimit).map(candidate)
  }

  private func candidate(_ place: Int) -> Candidate {
    var hits = documentHits.filter { $0.cluster == place }
    hits.sort { $0.hits != $1.hits ? $0.hits > $1.hits : $0.document < $1.document }
    return Candidate(
      cluster: clusterHits[place].cluster, evidence: clusterHits[place].evidence,
      documents: hits.prefix(Self.documentLimit).map(\.document))
  }
}
