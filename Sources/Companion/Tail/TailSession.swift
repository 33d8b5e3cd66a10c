// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// `neardup tail` from its first line to its end.
struct TailSession {
  let log: [UInt8]
  var filter: RecordFilter
  /// How many lines of what is there already.
  let count: Int
  let isJSON: Bool
  let style: OutputStyle

  /// Prints the last lines and, if wanted, those to come, until nobody reads any more.
  mutating func run(follows: Bool) throws {
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
    if follows { try follow(after: known.last) }
  }

  private mutating func follow(after last: UInt64) throws {
    var changes = LogChanges(of: log)
    var follower = LogFollower(path: log, after: last)
    repeat {
      try follower.advance { event in
        switch event {
        case .line(_, let line): if filter.wants(line) { try show(line) }
        case .missed(let range):
          StandardOutput.tell(
            "records \(range.lowerBound) to \(range.upperBound) were rotated away unread")
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
