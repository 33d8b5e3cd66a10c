// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// `neardup tail` from its first line to its end.
struct TailSession {
  /// Where it begins.
  enum Beginning: Equatable {
    /// With so many lines of what is there already.
    case last(Int)
    /// With the record of this number, whichever part of the log has it.
    case record(UInt64)
  }

  let log: [UInt8]
  var filter: RecordFilter
  let beginning: Beginning
  let isJSON: Bool
  let style: OutputStyle

  /// Prints what is there already and, if wanted, what is to come, until nobody reads any more.
  mutating func run(follows: Bool) throws {
    let last: UInt64
    switch beginning {
    case .last(let count): last = try showLast(count, follows: follows)
    case .record(let first):
      last = try show(from: first, through: .max)
      if last < first, !follows, LogScan(log, withCompressed: false).parts.isEmpty {
        _ = try LogFileReader(path: log)
      }
    }
    if follows { try follow(after: last) }
  }

  /// Answers the number of the last line of all; 0 for none.
  private mutating func showLast(_ count: Int, follows: Bool) throws -> UInt64 {
    // A few last lines are not worth a process for each part of ten years: logrotate leaves the
    // part before the log as it is (delaycompress).
    let scan = LogScan(log, withCompressed: false)
    if scan.parts.isEmpty {
      // Says why there is nothing, if there is a reason other than that nothing happened yet.
      do throws(ClusterLogError) {
        _ = try LogFileReader(path: log)
      } catch {
        guard follows, error.code == .missing else { throw error }
        StandardOutput.tell("waiting for \(TerminalText.safe(log))")
      }
    }
    let known = try LogTailReader(scan, count: count, filter)
    filter = known.filter
    for line in known.lines { try show(line[...]) }
    return known.last
  }

  /// Shows the records of a range once each and in order, wherever rotations have put them, and
  /// tells which of them are in no part that can be read.
  ///
  /// - Returns: The last that was there, or the one before the range.
  private mutating func show(from first: UInt64, through end: UInt64) throws -> UInt64 {
    let scan = LogScan(log)
    var last = first - 1
    var filter = filter
    try scan.forEachLine(from: first) { sequence, line in
      guard sequence > last, sequence <= end else { return }
      if sequence > last + 1 { Self.tellMissing((last + 1)...(sequence - 1)) }
      last = sequence
      if filter.wants(line) { try show(line) }
    }
    self.filter = filter
    for reason in scan.unread { StandardOutput.tell(reason) }
    if end < .max, last < end { Self.tellMissing((last + 1)...end) }
    return last
  }

  private static func tellMissing(_ range: ClosedRange<UInt64>) {
    StandardOutput.tell(
      "records \(range.lowerBound) to \(range.upperBound) are in no part of the log any more")
  }

  private mutating func follow(after last: UInt64) throws {
    var changes = LogChanges(of: log, until: StandardOutput.descriptor)
    var follower = LogFollower(path: log, after: last)
    repeat {
      try follower.advance { event in
        switch event {
        case .line(_, let line): if filter.wants(line) { try show(line) }
        // Rotated away, and compressed perhaps, before they were read here.
        case .missed(let range):
          _ = try show(from: range.lowerBound, through: range.upperBound)
        }
      }
    } while try changes.wait()
  }

  private func show(_ line: ArraySlice<UInt8>) throws {
    let newline = [UInt8(ascii: "\n")]
    if isJSON { return try StandardOutput.write(line + newline) }
    let text = DecisionText.line(try LoggedRecord(decoding: line), style)
    try StandardOutput.write(Array(text.utf8) + newline)
  }
}
