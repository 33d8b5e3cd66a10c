// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import StateStore
internal import Systemd

/// What is brought back by repeating what the state has.
protocol HistoryReplay {
  /// Whether it wants to know when documents were published.
  var asksForPublished: Bool { get }
  mutating func take(_ row: borrowing TraceRow) throws
  mutating func apply(_ revision: Revision)
}

extension HistoryReplay {
  var asksForPublished: Bool { false }
}

/// All documents and revisions of the state in the order in which they were committed.
///
/// What a daemon commits meanwhile is left out, so that several replays see the same.
struct StateHistory: Sendable {
  private let reader: StateReader
  /// The last document that was given out, which may be gone.
  let last: UInt32
  private let revisions: [Revision]
  let horizon: StateHorizon

  init(_ reader: StateReader) throws {
    self.reader = reader
    let last = try reader.counts().documents
    horizon = try reader.horizon()
    var revisions: [Revision] = []
    try reader.forEachRevision { if $0.afterDocument <= last { revisions.append($0) } }
    self.last = last
    self.revisions = revisions
  }

  var documentCount: Int { Int(last - horizon.through) }

  /// - Parameter progress: called now and then with the number of documents done.
  func replay(_ replay: inout some HistoryReplay, progress: (Int) -> Void) throws {
    var next = revisions.startIndex
    progress(0)
    try reader.forEachTrace(withPublished: replay.asksForPublished) { row in
      guard row.document <= last else { return }
      apply(&next, through: row.document - 1, to: &replay)
      try replay.take(row)
      apply(&next, through: row.document, to: &replay)
      if row.document % 1_024 == 0 { progress(Int(row.document - horizon.through)) }
    }
    apply(&next, through: last, to: &replay)
  }

  /// The first of the last documents among which so many are as asked for; else the first of all.
  func first(ofLast count: Int, where isCounted: (borrowing TraceRow) throws -> Bool) throws
    -> UInt32
  {
    var (first, counted) = (last, 0)
    try reader.forEachTraceBackwards { row in
      guard row.document <= last else { return true }
      first = row.document
      if try isCounted(row) { counted += 1 }
      return counted < count
    }
    return first
  }

  private func apply(
    _ next: inout Int, through document: UInt32, to replay: inout some HistoryReplay
  ) {
    while next < revisions.endIndex, revisions[next].afterDocument <= document {
      replay.apply(revisions[next])
      next += 1
    }
  }

  /// The state is not what was written.
  static func failure(_ reason: String) -> DaemonFailure {
    DaemonFailure(.inputOutput, .stateFailed, "\(reason): run neardup verify")
  }
}
