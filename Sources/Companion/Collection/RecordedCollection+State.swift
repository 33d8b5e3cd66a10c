// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

extension RecordedCollection {
  /// Reads all of a moment of the state.
  ///
  /// - Parameter withDigests: whether the SHA-256 of each document is wanted.
  init(_ state: StateSnapshot, withDigests: Bool = false) throws {
    self.init(source: .state)
    reserveCapacity(Int(try state.lastDocument()))
    // Of documents in a row, most are of one directory.
    var (last, seen): (UInt32, Set<UInt32>) = (0, [])
    try state.forEachDocument { row in
      if row.drop != last { seen.insert(row.drop) }
      last = row.drop
      append(RecordedDocument(row, withDigest: withDigests))
    }
    try state.forEachRevision { take($0) }
    // Directories that were watched once and had no document do not make names longer.
    setDrops(try state.drops().filter { seen.contains($0.key) })
  }

  private mutating func take(_ revision: Revision) {
    switch revision.kind {
    case .clusterMerged: mergeCluster(revision.source, into: revision.target)
    case .documentMoved: moveDocument(revision.subject, to: revision.target)
    case .documentRemoved: remove(revision.subject)
    // The state keeps stories by cluster and leaves out what follows from the clusters.
    case .storyMerged, .storyMoved: break
    }
  }
}

extension RecordedDocument {
  init(_ row: borrowing DocumentRow, withDigest: Bool) {
    let isFirst = row.trace.cluster == row.trace.document
    self.init(
      number: row.trace.document, drop: row.drop, path: row.withPath { $0.array() },
      bytes: row.bytes, sha256: withDigest ? row.trace.withSHA256 { $0.array() } : [],
      words: row.words, cluster: row.trace.cluster,
      relation: row.trace.identicalTo != nil ? .identical : isFirst ? .first : .near,
      identicalTo: row.trace.identicalTo, replaces: row.replaces, arrived: row.trace.arrived)
  }
}

extension RawSpan {
  fileprivate func array() -> [UInt8] { withUnsafeBytes { Array($0) } }
}
