// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore

/// The index and clusters as the state has them, brought back decision by decision.
struct RestoredCollection {
  var collection: Collection
  private(set) var documentOfDigest: [UInt64: UInt32] = [:]

  /// Reads all documents and revisions in the order in which they were committed.
  ///
  /// What a daemon commits meanwhile is left out: revisions are read before documents.
  ///
  /// - Parameter progress: called now and then with the number of documents done.
  init(
    recorded: RecordedFiles, threshold: Double = 0.5, progress: (Int) -> Void
  ) throws {
    let reader = recorded.reader
    let last = try reader.counts().documents
    collection = Collection(threshold: threshold)
    var revisions: [Revision] = []
    try reader.forEachRevision { if $0.afterDocument <= last { revisions.append($0) } }
    var next = revisions.startIndex
    apply(revisions, &next, after: 0)
    progress(0)
    try reader.forEachDocument { row in
      guard row.document <= last else { return }
      let digest = row.withSHA256 { bytes in
        (0..<8).reduce(UInt64(0)) { key, place in
          key << 8 | UInt64(bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self))
        }
      }
      if row.identicalTo == nil { documentOfDigest[digest] = row.document }
      let number = row.document
      guard let trace = row.withSketch({ DocumentTrace($0, document: number) }) else {
        throw DaemonFailure(
          .inputOutput, "the state of document \(number) cannot be read: run neardup verify")
      }
      collection.restore(trace, cluster: row.cluster)
      apply(revisions, &next, after: row.document)
      if row.document % 1_024 == 0 { progress(Int(row.document)) }
    }
    let lookup = DocumentLookup(recorded: recorded)
    let count = collection.documentCount
    try collection.finishRestoring { document in
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
      case .clusterMerged:
        collection.restoreMerge(of: revision.source, into: revision.target)
      case .documentMoved:
        collection.restoreMove(of: revision.subject, to: revision.target)
      case .storyMerged, .storyMoved, .documentRemoved: break
      }
      next += 1
    }
  }
}
