// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore

/// The clusters that came nearest to a document's without being it, and how near they come.
package struct Alternatives: Sendable, Equatable {
  struct Cluster: Sendable, Equatable {
    let cluster: UInt32
    /// How many of the document's sampled shingles the cluster is listed under.
    let sharedSamples: Int
    /// Its member that is most like the document, of those that share most.
    let nearest: RecordedDocument
    let resemblance: Double
    let containment: Double
    let shared: Int
    /// By the model on the two texts alone.
    let similarity: Double
  }

  /// So many clusters are compared.
  private static let clusterLimit = 5
  /// So many members of each.
  private static let memberLimit = 3

  let document: UInt32
  /// The nearest first.
  let clusters: [Cluster]
  /// How many sampled shingles the document has.
  let samples: Int
  /// From this similarity on it would join a cluster of one text.
  let joins: Double

  /// Nil where the state has no text of the document.
  init?(
    of document: RecordedDocument, _ collection: RecordedCollection, _ state: StateSnapshot,
    threshold: Double
  ) throws {
    guard let text = try state.text(of: document) else { return nil }
    let sample = PostedSample(text.tokens)
    let own = collection.clusters.group(of: document.number)
    var listed: [UInt32: [(document: UInt32, shared: Int)]] = [:]
    try state.forEachSketch { document, sketch in
      guard let shared = Self.shared(sample, sketch), shared > 0,
        let cluster = collection.clusters.group(of: document), cluster != own
      else { return }
      listed[cluster, default: []].append((document, shared))
    }
    let nearest = listed.map { cluster, members in
      (cluster: cluster, shared: members.reduce(0) { $0 + $1.shared }, members: members)
    }.sorted { $0.shared != $1.shared ? $0.shared > $1.shared : $0.cluster < $1.cluster }
    let compared = try nearest.prefix(Self.clusterLimit).compactMap { candidate in
      let members = candidate.members.sorted { $0.shared > $1.shared }.prefix(Self.memberLimit)
      return try Self.compare(
        text, candidate.cluster, candidate.shared, members.compactMap { collection[$0.document] },
        state)
    }
    self.document = document.number
    clusters = compared.sorted { $0.similarity > $1.similarity }
    samples = sample.count
    joins = TextPair.joining(threshold: threshold)
  }

  /// Nil when the `sketch` column cannot be read: first it has the units of stories, which say
  /// nothing here, then what the document is listed under.
  private static func shared(_ sample: PostedSample, _ sketch: RawSpan) -> Int? {
    var position = 0
    guard StoryTrace.decode(sketch, &position) != nil else { return nil }
    return sample.shared(with: sketch.extracting(droppingFirst: position))
  }

  private static func compare(
    _ text: TokenSequence, _ cluster: UInt32, _ shared: Int, _ members: [RecordedDocument],
    _ state: StateSnapshot
  ) throws -> Cluster? {
    var nearest: Cluster?
    for member in members {
      guard let other = try state.text(of: member) else { continue }
      let pair = TextPair(text, other)
      if let known = nearest, known.similarity >= pair.similarity { continue }
      nearest = Cluster(
        cluster: cluster, sharedSamples: shared, nearest: member,
        resemblance: pair.overlap.resemblance, containment: pair.overlap.containment,
        shared: pair.overlap.shared, similarity: pair.similarity)
    }
    return nearest
  }
}
