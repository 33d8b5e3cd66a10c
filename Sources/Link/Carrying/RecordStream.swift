// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion

/// The records of a log from one on, each once and in order, through rotations and compression,
/// and then as they are written.
struct RecordStream: ~Copyable {
  /// Records that are in no part of the log any more.
  struct Missing: Error, Equatable {
    let records: ClosedRange<UInt64>
    /// Why some parts cannot be read, where that is so.
    let unread: [String]
  }

  private let log: [UInt8]
  /// The last record that was handed on.
  private(set) var last: UInt64
  private var follower: LogFollower?
  private var changes: LogChanges

  /// - Parameters:
  ///   - log: its name, raw bytes.
  ///   - last: the last record that is known already; 0 for none.
  ///   - patience: what ends the waiting.
  init(_ log: [UInt8], after last: UInt64, _ patience: Patience) {
    self.log = log
    self.last = last
    // Before anything is read, so that nothing is written unseen.
    changes = LogChanges(of: log, until: patience.descriptor, isReadable: true)
  }

  /// Hands on what is there and was not yet, with the length of its line.
  ///
  /// After an error, or whatever `body` throws, a stream is of no use any more.
  mutating func advance(_ body: (LoggedRecord, Int) throws -> Void) throws {
    guard var follower = follower.take() else {
      try scan(from: last + 1, through: .max, body)
      self.follower = LogFollower(path: log, after: last)
      return
    }
    try follower.advance { event in
      // What was missed shows in the numbers as well.
      guard case .line(let sequence, let line) = event, sequence > last else { return }
      if sequence > last + 1 { try scan(from: last + 1, through: sequence - 1, body) }
      try take(line, body)
    }
    self.follower = consume follower
  }

  /// Waits until there may be more; false at the end.
  mutating func wait() throws -> Bool { try changes.wait() }

  /// Reads a range wherever rotations have put it.
  private mutating func scan(
    from first: UInt64, through end: UInt64, _ body: (LoggedRecord, Int) throws -> Void
  ) throws {
    let scan = LogScan(log)
    try scan.forEachLine(from: first) { sequence, line in
      guard sequence > last, sequence <= end else { return }
      guard sequence == last + 1 else {
        throw Missing(records: (last + 1)...(sequence - 1), unread: scan.unread)
      }
      try take(line, body)
    }
    if end < .max, last < end { throw Missing(records: (last + 1)...end, unread: scan.unread) }
  }

  private mutating func take(
    _ line: ArraySlice<UInt8>, _ body: (LoggedRecord, Int) throws -> Void
  ) throws {
    let logged: LoggedRecord
    do throws(LogLineError) {
      logged = try LoggedRecord(decoding: line)
    } catch {
      throw LinkFailure(
        .inputOutput,
        "\(TerminalText.safe(log)): record \(last + 1) \(error); run neardup verify")
    }
    last = logged.sequence
    try body(logged, line.count + 1)
  }
}
