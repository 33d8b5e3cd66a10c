// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore
internal import Systemd

/// The index and clusters as the state has them, brought back decision by decision.
struct RestoredCollection: HistoryReplay, Sendable {
  private(set) var collection: Collection
  private(set) var documentOfDigest: [UInt64: UInt32] = [:]
  /// The documents that have the texts of originals that are gone.
  private(set) var heirs: [UInt32: UInt32]
  /// When documents came.
  private(set) var horizon: Horizon
  /// Documents that were removed and are still in the state.
  private(set) var removed: Set<UInt32> = []
  /// Copies that take the place of their originals, which the state does not know yet.
  private(set) var promotions: [StateExpiry.Promotion] = []

  /// So many texts are read at a time, by both threads together, and so many of them by the thread
  /// that counts them as well.
  private static let (counted, countedHere) = (512, 192)

  /// - Parameter progress: called now and then with the number of documents done.
  init(
    _ history: StateHistory, _ recorded: RecordedFiles, threshold: Double = 0.5,
    limits: RetentionLimits = RetentionLimits(), progress: (Int) -> Void
  ) throws {
    try self.init(replaying: history, threshold, limits, progress)
    let lookup = DocumentLookup(recorded: recorded)
    try collection.finishRestoring { try lookup.tokens(of: $0) }
  }

  /// The same on two threads.
  ///
  /// - Parameters:
  ///   - recorded: what each of them reads.
  ///   - limits: how long documents are kept.
  ///   - progress: called now and then with the number of documents done.
  init(
    _ history: StateHistory, _ recorded: (RecordedFiles, RecordedFiles), threshold: Double,
    limits: RetentionLimits = RetentionLimits(), progress: (Int) -> Void
  ) async throws {
    try self.init(replaying: history, threshold, limits, progress)
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
    replaying history: StateHistory, _ threshold: Double, _ limits: RetentionLimits,
    _ progress: (Int) -> Void
  ) throws {
    self.init(
      history.horizon, documents: history.documentCount, threshold: threshold, limits: limits)
    try history.replay(&self, progress: progress)
    collection.restoreAbsence(through: history.last)
  }

  /// One that has nothing yet; what is given to `take` and `apply` is in it then.
  init(
    _ horizon: StateHorizon, documents: Int, threshold: Double,
    limits: RetentionLimits = RetentionLimits()
  ) {
    self.horizon = Horizon(limits, horizon.progress)
    collection = Collection(
      threshold: threshold, expectedDocuments: documents, base: horizon.through,
      countedFrom: horizon.countedFrom)
    heirs = horizon.heirs
    documentOfDigest.reserveCapacity(documents)
  }

  private static func runs(
    of texts: UncountedTexts, _ places: Range<Int>, _ recorded: RecordedFiles
  ) throws -> [UncountedTexts.Runs] {
    let lookup = DocumentLookup(recorded: recorded)
    return try texts.runs(places) { try lookup.tokens(of: $0) }
  }

  mutating func take(_ row: borrowing TraceRow) throws {
    horizon.restore(row.document, time: row.clock)
    noteDigest(row)
    var trace = try row.trace { StoredTrace.document($0, row.document) }
    if case .copy(let original) = trace.kind { trace.kind = .copy(of: owner(of: original)) }
    if case .copy(let original) = trace.kind, !collection.isPresent(original) {
      throw StateHistory.failure("document \(row.document) is a copy of one that is gone")
    }
    collection.restore(trace, cluster: row.cluster)
  }

  /// The first document with these bytes of those that are left is the one that others are
  /// compared with.
  private mutating func noteDigest(_ row: borrowing TraceRow) {
    let key = row.withSHA256 { DocumentLookup.key($0) }
    if let original = row.identicalTo {
      if collection.isPresent(original) || documentOfDigest[key] != nil { return }
    }
    documentOfDigest[key] = row.document
  }

  /// Who has the text of an original.
  private func owner(of original: UInt32) -> UInt32 {
    collection.isPresent(original) ? original : heirs[original] ?? original
  }

  // MARK: Copies whose original goes

  /// The document that has the text of a copy and is not there any more; nil when it is there, or
  /// the document is no copy.
  func missingOriginal(of row: borrowing TraceRow) throws -> UInt32? {
    let trace = try row.trace { StoredTrace.document($0, row.document) }
    guard case .copy(let original) = trace.kind else { return nil }
    let owner = owner(of: original)
    return collection.isPresent(owner) ? nil : owner
  }

  /// Takes the next document in, a copy, in the place of the one that had the text.
  ///
  /// - Parameter sketch: what the state has of that.
  mutating func take(
    _ row: borrowing TraceRow, inPlaceOf original: UInt32, _ sketch: [UInt8]
  ) throws {
    guard let old = StoredTrace.document(sketch.span.bytes, original),
      let trace = DocumentTrace(document: row.document, inPlaceOf: old)
    else { throw StateHistory.failure("the state of document \(original) cannot be read") }
    noteDigest(row)
    collection.restore(trace, cluster: row.cluster)
    for (other, heir) in heirs where heir == original { heirs[other] = row.document }
    heirs[original] = row.document
    promotions.append(
      .init(
        from: original, to: row.document,
        sketch: StoredTrace.encode(
          units: try row.trace(StoredTrace.units), trace: trace.encode())))
  }

  // MARK: In steps

  /// Counts what has been taken in so far.
  mutating func count(_ contents: Collection.Contents) throws {
    try collection.countRestored(contents: contents)
  }

  /// Takes over what the collection that this one takes the place of had derived.
  mutating func inherit(from other: Collection) { collection.inherit(from: other) }

  /// All is taken in and counted.
  mutating func finish() { _ = collection.finishReplay() }

  mutating func apply(_ revision: Revision) {
    switch revision.kind {
    case .clusterMerged: collection.restoreMerge(of: revision.source, into: revision.target)
    case .documentMoved: collection.restoreMove(of: revision.subject, to: revision.target)
    case .documentRemoved:
      if collection.isPresent(revision.subject) { removed.insert(revision.subject) }
    case .storyMerged, .storyMoved: break
    }
  }
}

extension TraceRow {
  /// Lends what the state keeps for the engine to what decodes it.
  borrowing func trace<Trace>(_ decode: (RawSpan) -> Trace?) throws -> Trace {
    guard let trace = withSketch(decode) else {
      throw StateHistory.failure("the state of document \(document) cannot be read")
    }
    return trace
  }
}
