// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion
internal import StateStore

/// The documents of a moment of the state as the log would assign them if they came now: in the
/// clusters that they are in, and in the stories as far as the state tells those.
struct RememberedDocuments {
  private(set) var documents: [(time: Int64, assigned: Assigned)] = []
  /// The last record that was given out.
  let sequence: UInt64
  let expiredThrough: UInt32

  init(_ state: StateSnapshot) throws {
    sequence = try state.lastSequence()
    expiredThrough = try state.expiredThrough()
    let drops = try state.drops()
    var groups = (clusters: Partition(), stories: Partition())
    var removed: Set<UInt32> = []
    try state.forEachDocument { row in
      documents.append(Self.document(row.stored(), drops))
      groups.clusters.put(row.trace.document, into: row.trace.cluster)
      // The state keeps stories by cluster: copies take that of theirs.
      if let story = row.trace.story { groups.stories.put(row.trace.cluster, into: story) }
    }
    try state.forEachRevision { revision in
      switch revision.kind {
      case .clusterMerged: groups.clusters.fold(revision.source, into: revision.target)
      case .documentMoved: groups.clusters.put(revision.subject, into: revision.target)
      case .documentRemoved: removed.insert(revision.subject)
      case .storyMerged: groups.stories.fold(revision.source, into: revision.target)
      case .storyMoved: groups.stories.put(revision.subject, into: revision.target)
      }
    }
    documents.removeAll { removed.contains($0.assigned.document) }
    var descriptions: [UInt32: SelfDescription] = [:]
    try state.forEachDescription { stored in
      descriptions[stored.document] = SelfDescription(
        title: stored.title, published: stored.published, source: stored.source,
        language: stored.language, encoding: stored.encoding)
    }
    for index in documents.indices {
      let number = documents[index].assigned.document
      let cluster = groups.clusters.group(of: number) ?? number
      documents[index].assigned.cluster = cluster
      documents[index].assigned.story = groups.stories.group(of: cluster)
      if let description = descriptions[number] {
        documents[index].assigned.description = description
      }
    }
  }

  private static func document(
    _ row: StoredDocument, _ drops: [UInt32: [UInt8]]
  ) -> (time: Int64, assigned: Assigned) {
    let relation: Relation =
      row.identicalTo != nil ? .identical : row.cluster == row.document ? .first : .near
    return (
      row.arrived,
      Assigned(
        document: row.document, drop: drops.count > 1 ? drops[row.drop] : nil, path: row.path,
        bytes: row.bytes, sha256: row.sha256, words: row.words, cluster: row.cluster,
        relation: relation, story: row.story, replaces: row.replaces)
    )
  }
}
