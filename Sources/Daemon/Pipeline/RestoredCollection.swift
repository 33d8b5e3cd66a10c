// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore
internal import Systemd

/// The index, clusters and stories as the state has them, brought back decision by decision.
struct RestoredCollection {
  var collection: Collection
  private(set) var documentOfDigest: [UInt64: UInt32] = [:]
  /// Nil when there are to be none.
  private(set) var stories: RestoredStories?

  /// Reads all documents and revisions in the order in which they were committed.
  ///
  /// What a daemon commits meanwhile is left out: revisions are read before documents.
  ///
  /// - Parameters:
  ///   - storyWindow: microseconds; nil for no stories.
  ///   - progress: called now and then with the number of documents done.
  init(
    recorded: RecordedFiles, threshold: Double = 0.5, storyWindow: Int64? = nil,
    progress: (Int) -> Void
  ) throws {
    let reader = recorded.reader
    let last = try reader.counts().documents
    collection = Collection(threshold: threshold)
    stories = storyWindow.map { RestoredStories(window: $0) }
    var revisions: [Revision] = []
    try reader.forEachRevision { if $0.afterDocument <= last { revisions.append($0) } }
    var next = revisions.startIndex
    apply(revisions, &next, after: 0)
    progress(0)
    try reader.forEachDocument { row in
      guard row.document <= last else { return }
      if row.identicalTo == nil {
        documentOfDigest[row.withSHA256 { DocumentLookup.key($0) }] = row.document
      }
      let number = row.document
      guard let trace = row.withSketch({ StoredTrace($0, document: number) }) else {
        throw DaemonFailure(
          .inputOutput, .stateFailed,
          "the state of document \(number) cannot be read: run neardup verify")
      }
      collection.restore(trace.document, cluster: row.cluster)
      stories?.take(row, trace.units)
      apply(revisions, &next, after: row.document)
      if row.document % 1_024 == 0 { progress(Int(row.document)) }
    }
    try finish(DocumentLookup(recorded: recorded), progress)
  }

  private mutating func finish(_ lookup: DocumentLookup, _ progress: (Int) -> Void) throws {
    let count = collection.documentCount
    try collection.finishRestoring { document in
      progress(count)
      return try lookup.tokens(of: document)
    }
    try stories?.finish { document in
      progress(count)
      return try lookup.tokens(of: document)
    }
  }

  private mutating func apply(
    _ revisions: [Revision], _ next: inout Int, after document: UInt32
  ) {
    while next < revisions.endIndex, revisions[next].afterDocument == document {
      let revision = revisions[next]
      switch revision.kind {
      case .clusterMerged: collection.restoreMerge(of: revision.source, into: revision.target)
      case .documentMoved: collection.restoreMove(of: revision.subject, to: revision.target)
      case .documentRemoved, .storyMerged, .storyMoved: break
      }
      stories?.apply(revision)
      next += 1
    }
  }
}
