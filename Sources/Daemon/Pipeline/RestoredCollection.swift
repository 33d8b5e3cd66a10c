// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore
internal import Systemd

/// The index and clusters as the state has them, brought back decision by decision.
struct RestoredCollection: HistoryReplay, Sendable {
  private(set) var collection: Collection
  private(set) var documentOfDigest: [UInt64: UInt32] = [:]

  /// - Parameter progress: called now and then with the number of documents done.
  init(
    _ history: StateHistory, _ recorded: RecordedFiles, threshold: Double = 0.5,
    progress: (Int) -> Void
  ) throws {
    collection = Collection(threshold: threshold)
    try history.replay(&self, progress: progress)
    let lookup = DocumentLookup(recorded: recorded)
    try collection.finishRestoring { document in
      progress(history.documentCount)
      return try lookup.tokens(of: document)
    }
  }

  mutating func take(_ row: borrowing DocumentRow) throws {
    if row.identicalTo == nil {
      documentOfDigest[row.withSHA256 { DocumentLookup.key($0) }] = row.document
    }
    let trace = try row.trace { StoredTrace.document($0, row.document) }
    collection.restore(trace, cluster: row.cluster)
  }

  mutating func apply(_ revision: Revision) {
    switch revision.kind {
    case .clusterMerged: collection.restoreMerge(of: revision.source, into: revision.target)
    case .documentMoved: collection.restoreMove(of: revision.subject, to: revision.target)
    case .documentRemoved, .storyMerged, .storyMoved: break
    }
  }
}

extension DocumentRow {
  /// Lends what the state keeps for the engine to what decodes it.
  borrowing func trace<Trace>(_ decode: (RawSpan) -> Trace?) throws -> Trace {
    guard let trace = withSketch(decode) else {
      throw DaemonFailure(
        .inputOutput, .stateFailed,
        "the state of document \(document) cannot be read: run neardup verify")
    }
    return trace
  }
}
