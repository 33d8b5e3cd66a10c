// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// The last lines of a log that are wanted, from its newest part and, if need be, older ones.
struct LogTailReader {
  let lines: [[UInt8]]
  /// The number of the last line of all; 0 for an empty log.
  let last: UInt64
  /// The filter after all that was read.
  let filter: RecordFilter

  init(_ scan: LogScan, count: Int, _ filter: RecordFilter) throws {
    var found: [[UInt8]] = []
    var last: UInt64 = 0
    var newest: RecordFilter?
    for part in scan.parts.reversed() where newest == nil || found.count < count {
      var ring = LineRing(count: count - found.count)
      var filter = filter
      var reader = try LogFileReader(path: part)
      try reader.forEachLine { line in
        guard let opening = LineOpening(line) else { return }
        last = max(last, opening.sequence)
        if filter.wants(line) { ring.append(line) }
      }
      if newest == nil { newest = filter }
      found = ring.lines + found
    }
    lines = found
    self.last = last
    self.filter = newest ?? filter
  }

  /// The last so many of what is appended.
  private struct LineRing {
    let count: Int
    private var kept: [[UInt8]] = []
    private var next = 0

    init(count: Int) { self.count = count }

    mutating func append(_ line: ArraySlice<UInt8>) {
      guard count > 0 else { return }
      if kept.count < count {
        kept.append(Array(line))
      } else {
        kept[next] = Array(line)
        next = (next + 1) % count
      }
    }

    var lines: [[UInt8]] { Array(kept[next...] + kept[..<next]) }
  }
}
