// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore
internal import Systemd

/// The index and clusters as the state has them, brought back decision by decision.
struct RestoredCollection: HistoryReplay, Sendable {
  private(set) var collection: Collection
  private(set) var documentOfDigest: [UInt64: UInt32] = [:]

  /// So many texts are read at a time, by both threads together, and so many of them by the thread
  /// that counts them as well.
  private static let (counted, countedHere) = (512, 192)

  /// - Parameter progress: called now and then with the number of documents done.
  init(
    _ history: StateHistory, _ recorded: RecordedFiles, threshold: Double = 0.5,
    progress: (Int) -> Void
  ) throws {
    try self.init(replaying: history, threshold, progress)
    let lookup = DocumentLookup(recorded: recorded)
    try collection.finishRestoring { try lookup.tokens(of: $0) }
  }

  /// The same on two threads.
  ///
  /// - Parameters:
  ///   - recorded: what each of them reads.
  ///   - progress: called now and then with the number of documents done.
  init(
    _ history: StateHistory, _ recorded: (RecordedFiles, RecordedFiles), threshold: Double,
    progress: (Int) -> Void
  ) async throws {
    try self.init(replaying: history, threshold, progress)
    let texts = collection.finishReplay()
    for first in stride(from: 0, to: texts.count, by: Self.counted) {
      progress(history.documentCount)
      let last = min(first + Self.counted, texts.count)
      let middle = min(first + Self.countedHere, last)
      async let others = Self.runs(of: texts, middle..<last, recorded.1)
      collection.count(try Self.runs(of: texts, first..<middle, recorded.0))
      collection.count(try await others)
    }
  }

  private init(
    replaying history: StateHistory, _ threshold: Double, _ progress: (Int) -> Void
  ) throws {
    collection = Collection(threshold: threshold, expectedDocuments: history.documentCount)
    documentOfDigest.reserveCapacity(history.documentCount)
    try history.replay(&self, progress: progress)
  }

  private static func runs(
    of texts: UncountedTexts, _ places: Range<Int>, _ recorded: RecordedFiles
  ) throws -> [UncountedTexts.Runs] {
    let lookup = DocumentLookup(recorded: recorded)
    return try texts.runs(places) { try lookup.tokens(of: $0) }
  }

  mutating func take(_ row: borrowing TraceRow) throws {
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

extension TraceRow {
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
