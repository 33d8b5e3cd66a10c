// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Documents
internal import NearDuplicates
internal import Settings
internal import StateStore

/// The stories as the state has them, brought back beside the clusters.
struct RestoredStories: HistoryReplay, Sendable {
  /// A revision that followed from one of the clusters while there were no stories.
  struct Untold: Sendable {
    let afterDocument: UInt32
    let revision: StoryDecision.Revision
  }

  private(set) var stories: Stories
  /// What the log does not say yet: it is said when a document gets a story again.
  private(set) var untold: [Untold] = []
  /// Whether there were stories when the last document came.
  private var isTold = false
  /// The units that came with the last document and are not in their stories yet.
  private var units: [StoryTrace] = []
  /// From this document on the stories still remember the terms of units.
  private var firstRemembered: UInt32
  /// A bit for each document that is there, from the horizon on.
  private var present: [UInt64] = []
  private let base: UInt32
  /// Whether the last document is one of these.
  private var isRemembered = false
  /// The text of the last document, if its lines are to be seen at once.
  private var lines: TokenSequence?
  /// When the last document arrived.
  private var time: Int64 = 0

  /// When documents were published by their own account, in microseconds, for those that move
  /// later; of none by the clock of arrivals.
  private var moments: ContiguousArray<Int64> = []
  private static let noMoment = Int64.min

  var asksForPublished: Bool { stories.clock == .published }

  /// - Parameter progress: called now and then with the number of documents done.
  init(
    _ history: StateHistory, _ recorded: RecordedFiles, _ settings: StorySettings,
    progress: (Int) -> Void
  ) throws {
    self.init(history.horizon, settings)
    // An arrival's units are brought back when their clusters come up; that of its own is for
    // certain.
    let first = try history.first(ofLast: Stories.rememberedUnits) { row in
      guard row.story != nil else { return false }
      let units = try row.trace(StoredTrace.units)
      return units.contains { $0.cluster == row.cluster }
    }
    firstRemembered = max(first, history.horizon.countedFrom)
    try history.replay(&self, progress: progress)
    let lookup = DocumentLookup(recorded: recorded)
    try finish { document in
      progress(history.documentCount)
      return try lookup.tokens(of: document)
    }
  }

  /// All is taken in.
  mutating func finish(_ text: (UInt32) throws -> TokenSequence) throws {
    try stories.finishRestoring(contents: text)
  }

  /// One that has nothing yet; what is given to `take` and `apply` is in it then.
  init(_ horizon: StateHorizon, _ settings: StorySettings) {
    base = horizon.through
    firstRemembered = horizon.countedFrom
    stories = Stories(window: settings.window, clock: settings.clock, base: base)
  }

  private func isPresent(_ document: UInt32) -> Bool {
    guard document > base else { return false }
    let place = Int(document - base)
    return place >> 6 < present.count && present[place >> 6] >> UInt64(place & 63) & 1 != 0
  }

  private mutating func note(_ document: UInt32) {
    let place = Int(document - base)
    while present.count <= place >> 6 { present.append(0) }
    present[place >> 6] |= 1 << UInt64(place & 63)
  }

  private mutating func noteMoment(_ row: borrowing TraceRow) {
    guard asksForPublished else { return }
    let place = Int(row.document - base)
    while moments.count <= place { moments.append(Self.noMoment) }
    moments[place] = row.published.flatMap { PublishedMoment($0)?.microseconds } ?? Self.noMoment
  }

  /// The time of a document for the window of stories, as it was when it was given to them.
  private func moment(of document: UInt32) -> Int64 {
    let place = Int(document) - Int(base)
    guard moments.indices.contains(place), moments[place] != Self.noMoment else { return time }
    return stories.clock.time(
      published: PublishedMoment(microseconds: moments[place]), arrived: time)
  }

  /// Takes the next document in, with the units that came of it.
  mutating func take(_ row: borrowing TraceRow) throws { try take(row, text: nil) }

  /// Takes the next document in, with the units that came of it.
  ///
  /// - Parameter text: reads the texts of units whose lines are to be seen at once; nil where they
  ///   are at the end.
  mutating func take(
    _ row: borrowing TraceRow, text: ((UInt32) throws -> TokenSequence)?
  ) throws {
    note(row.document)
    noteMoment(row)
    isTold = row.story != nil
    guard isTold else { return }
    untold = []
    units = try row.trace(StoredTrace.units)
    isRemembered = row.document >= firstRemembered
    time = row.arrived
    for place in units.indices where !isPresent(units[place].source) { units[place].source = 0 }
    if isRemembered, let text, let unit = units.first(where: { $0.cluster == row.cluster }),
      unit.source != 0
    {
      lines = try text(unit.source)
    }
    defer { lines = nil }
    if !begin(row.cluster, with: row.document) {
      stories.restoreAdd(row.document, to: row.cluster, of: row.story)
    }
  }

  /// Brings the unit of a cluster back, if it came with the last document.
  private mutating func begin(_ cluster: UInt32, with document: UInt32) -> Bool {
    guard let place = units.firstIndex(where: { $0.cluster == cluster }) else { return false }
    stories.restore(
      units.remove(at: place), of: document, time: moment(of: document),
      isRemembered: isRemembered, text: lines)
    return true
  }

  mutating func apply(_ revision: Revision) {
    switch revision.kind {
    case .clusterMerged:
      note(
        stories.restoreMergeClusters(into: revision.target, absorbed: revision.source), revision)
    case .documentMoved: move(revision)
    case .storyMerged: stories.restoreStoryMerge(of: revision.source, into: revision.target)
    case .storyMoved: stories.restoreStoryMove(revision.subject, to: revision.target)
    case .documentRemoved: break
    }
  }

  private mutating func move(_ revision: Revision) {
    let (document, from, to) = (revision.subject, revision.source, revision.target)
    guard isPresent(document) else { return }
    if isTold, units.contains(where: { $0.cluster == to }) {
      stories.take(document, from: from)
      _ = begin(to, with: document)
      return
    }
    note(
      stories.restoreMove(
        document, from: from, to: to, reason: DocumentRegister.reason(forMovingTo: to)),
      revision)
  }

  private mutating func note(_ revisions: [StoryDecision.Revision], _ cause: Revision) {
    guard !isTold else { return }
    untold += revisions.map { Untold(afterDocument: cause.afterDocument, revision: $0) }
  }
}
