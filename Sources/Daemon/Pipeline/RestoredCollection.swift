// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore

/// The index, clusters and stories as the state has them, brought back decision by decision.
struct RestoredCollection {
  private(set) var collection = Collection()
  private(set) var documentOfDigest: [UInt64: UInt32] = [:]
  /// Nil when there are to be none.
  private(set) var stories: Stories?
  /// The units that came with the last document and are not in their stories yet.
  private var units: [StoryTrace] = []
  /// When the last document arrived.
  private var time: Int64 = 0

  /// Reads all documents and revisions in the order in which they were committed.
  ///
  /// - Parameters:
  ///   - storyWindow: Microseconds; nil for no stories.
  ///   - progress: Called now and then with the number of documents done.
  init(
    from store: borrowing StateStore, recorded: RecordedFiles, storyWindow: Int64? = nil,
    progress: (Int) -> Void
  ) throws {
    stories = storyWindow.map { Stories(window: $0) }
    var revisions: [Revision] = []
    try store.forEachRevision { revisions.append($0) }
    var next = revisions.startIndex
    apply(revisions, &next, after: 0)
    progress(0)
    try store.forEachDocument { row in
      let digest = row.withSHA256 { bytes in
        (0..<8).reduce(UInt64(0)) { key, place in
          key << 8 | UInt64(bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self))
        }
      }
      if row.identicalTo == nil { documentOfDigest[digest] = row.document }
      let number = row.document
      guard let trace = row.withSketch({ StoredTrace($0, document: number) }) else {
        throw DaemonFailure(
          .inputOutput, "the state of document \(number) cannot be read: run neardup verify")
      }
      collection.restore(trace.document, cluster: row.cluster)
      units = trace.units
      time = row.arrived
      restoreStory(of: number, cluster: row.cluster)
      apply(revisions, &next, after: row.document)
      if row.document % 1_024 == 0 { progress(Int(row.document)) }
    }
    let lookup = DocumentLookup(recorded: recorded)
    let count = collection.documentCount
    try collection.finishRestoring { document in
      progress(count)
      return try lookup.tokens(of: document)
    }
    try stories?.finishRestoring { document in
      progress(count)
      return try lookup.tokens(of: document)
    }
  }

  private mutating func restoreStory(of document: UInt32, cluster: UInt32) {
    guard restoreUnit(of: cluster) != document else { return }
    stories?.restoreAdd(document, to: cluster)
  }

  /// Brings the unit of a cluster back, if it came with the last document; answers whose text it is.
  private mutating func restoreUnit(of cluster: UInt32) -> UInt32? {
    guard let place = units.firstIndex(where: { $0.cluster == cluster }) else { return nil }
    let unit = units.remove(at: place)
    stories?.restore(unit, time: time)
    return unit.document
  }

  private mutating func restoreMove(of document: UInt32, from: UInt32, to cluster: UInt32) {
    collection.restoreMove(of: document, to: cluster)
    if units.contains(where: { $0.cluster == cluster }) {
      stories?.take(document, from: from)
      if restoreUnit(of: cluster) == document { return }
    }
    stories?.restoreMove(document, from: from, to: cluster)
  }

  private mutating func apply(
    _ revisions: [Revision], _ next: inout Int, after document: UInt32
  ) {
    while next < revisions.endIndex, revisions[next].afterDocument == document {
      let revision = revisions[next]
      switch revision.kind {
      case .clusterMerged:
        collection.restoreMerge(of: revision.source, into: revision.target)
        stories?.restoreMergeClusters(into: revision.target, absorbed: revision.source)
      case .documentMoved:
        restoreMove(of: revision.subject, from: revision.source, to: revision.target)
      case .storyMerged:
        stories?.restoreStoryMerge(of: revision.source, into: revision.target)
      case .storyMoved:
        stories?.restoreStoryMove(
          revision.subject, from: revision.source, to: revision.target)
      case .documentRemoved: break
      }
      next += 1
    }
  }
}
