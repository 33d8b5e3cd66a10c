// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import Settings
internal import StateStore

/// The collection without the documents that are about to expire, in the making.
///
/// What takes the place of a collection is what a start would bring back of the documents that
/// stay: so a daemon that is restarted later cannot but decide as one that went on. It is made
/// while the last documents come that are decided with those that go, some rows with each of them:
/// no arrival waits for the whole. When it is put in place depends on numbers alone.
struct Successor {
  /// What is decided and not known to be in the state, oldest first.
  struct Undurable {
    /// What is being written, and what is being decided.
    let batches: [StateBatch]

    var firstRow: UInt32? {
      batches.lazy.compactMap(\.documents.first?.document).first
    }

    func row(of document: UInt32) -> StoredDocument? {
      for batch in batches {
        guard let first = batch.documents.first?.document, first <= document else { continue }
        let place = Int(document - first)
        // Numbers have no gap.
        if place < batch.documents.count { return batch.documents[place] }
      }
      return nil
    }
  }

  /// So many texts before the change are counted for those that come after it; reading them takes
  /// longer than all else.
  private static let (leastCounted, mostCounted) = (256, 4_096)
  /// So many rows are read at a time.
  private static let page = 256

  let horizon: StateHorizon
  private(set) var restored: RestoredCollection
  private(set) var stories: RestoredStories?
  /// The last document when this was begun.
  private let begun: UInt32
  private let due: UInt32
  /// The last document that is in it.
  private var last: UInt32
  /// Revisions of the state that are read and not repeated yet, and the number of the last one.
  private var revisions: ArraySlice<Revision> = []
  private var lastRevision = 0
  /// Those that came after documents up to this one are repeated.
  private var repeated: UInt32
  /// The document that had the text of one that has it now.
  private var lenders: [UInt32: UInt32] = [:]

  /// - Parameters:
  ///   - base: the last document beyond the horizon so far.
  ///   - heirs: as `StateHorizon` has them.
  ///   - last: the last document.
  ///   - stories: how they are gathered; nil when there are none.
  init(
    _ plan: Horizon.Plan, base: UInt32, heirs: [UInt32: UInt32], last: UInt32, threshold: Double,
    stories settings: StorySettings?
  ) {
    let gone = Int(plan.through - base)
    let counted = UInt32(min(Self.mostCounted, max(Self.leastCounted, gone)))
    var horizon = StateHorizon()
    horizon.through = plan.through
    horizon.countedFrom = max(plan.through, plan.due - min(counted, plan.due)) + 1
    horizon.heirs = heirs
    self.horizon = horizon
    due = max(plan.due, last)
    begun = last
    self.last = plan.through
    repeated = plan.through
    restored = RestoredCollection(
      horizon, documents: Int(due - plan.through), threshold: threshold)
    stories = settings.map { RestoredStories(horizon, $0) }
  }

  /// Takes in as much as there has to be after a document.
  mutating func advance(
    to document: UInt32, _ undurable: Undurable, _ lookup: DocumentLookup
  ) throws {
    let (passed, all) = (Int(document - begun), Int(due - begun))
    let rows = Int(document - horizon.through)
    let share = document >= due || all == 0 ? rows : rows * passed / all
    try take(through: horizon.through + UInt32(share), undurable, lookup)
  }

  /// All is taken in.
  mutating func finish(_ lookup: DocumentLookup) throws {
    restored.finish()
    let lenders = lenders
    try stories?.finish { try Self.text(of: $0, lenders, lookup) }
  }

  private mutating func take(
    through target: UInt32, _ undurable: Undurable, _ lookup: DocumentLookup
  ) throws {
    let first = undurable.firstRow ?? .max
    while last < target, last + 1 < first {
      let end = min(target, first - 1, last + UInt32(Self.page))
      try readRevisions(through: end, lookup)
      for row in try lookup.storedRows(
        after: last, through: end, withPublished: stories?.asksForPublished ?? false)
      {
        try take(row, undurable, lookup)
      }
      last = end
    }
    guard last < target else { return }
    for document in last + 1...target {
      guard let row = undurable.row(of: document) else { continue }
      try take(row, undurable, lookup)
    }
    last = target
  }

  private mutating func take(
    _ stored: StoredDocument, _ undurable: Undurable, _ lookup: DocumentLookup
  ) throws {
    var stored = stored
    if let sketch = lookup.promotedSketch(of: stored.document) { stored.sketch = sketch }
    repeatRevisions(through: stored.document - 1, undurable)
    let missing = try stored.withTrace { try restored.missingOriginal(of: $0) }
    if let missing {
      lenders[stored.document] = missing
      let sketch = try lookup.sketch(of: missing, undurable.row(of: missing))
      try stored.withTrace { try restored.take($0, inPlaceOf: missing, sketch) }
    } else {
      try stored.withTrace { try restored.take($0) }
    }
    let lenders = lenders
    try restored.count { try Self.text(of: $0, lenders, lookup) }
    try stored.withTrace { row in
      try stories?.take(row) { try Self.text(of: $0, lenders, lookup) }
    }
    repeatRevisions(through: stored.document, undurable)
  }

  private static func text(
    of document: UInt32, _ lenders: [UInt32: UInt32], _ lookup: DocumentLookup
  ) throws -> TokenSequence {
    var document = document
    while let lender = lenders[document] { document = lender }
    return try lookup.tokens(of: document)
  }

  // MARK: Revisions

  /// Reads those of the state that came after documents up to this one.
  private mutating func readRevisions(
    through document: UInt32, _ lookup: DocumentLookup
  ) throws {
    if let known = revisions.last, known.afterDocument > document { return }
    while true {
      let page = try lookup.revisions(after: lastRevision, limit: Self.page)
      for (number, revision) in page {
        // What is not known to be in the state is repeated from memory.
        if revision.afterDocument > document { return }
        lastRevision = number
        if revision.afterDocument > repeated { revisions.append(revision) }
      }
      if page.count < Self.page { return }
    }
  }

  /// Repeats those that came after documents up to this one.
  private mutating func repeatRevisions(through document: UInt32, _ undurable: Undurable) {
    while let next = revisions.first, next.afterDocument <= document {
      revisions.removeFirst()
      apply(next)
    }
    for batch in undurable.batches {
      for next in batch.revisions
      where next.afterDocument > repeated && next.afterDocument <= document {
        apply(next)
      }
    }
    repeated = document
  }

  private mutating func apply(_ revision: Revision) {
    restored.apply(revision)
    stories?.apply(revision)
  }
}
