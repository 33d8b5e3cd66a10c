// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Turns records into lines of the cluster log: one JSON object, its fields in a fixed order.
///
/// `schema` and `seq` come first in every line: recovery knows its own lines by these bytes.
package struct RecordEncoder: Sendable {
  /// What each line begins with; its number follows.
  package static let linePrefix = [UInt8](#"{"schema":1,"seq":"#.utf8)

  /// Makes an encoder; it keeps nothing between lines.
  package init() {}

  /// Appends one line with its line end.
  ///
  /// - Parameters:
  ///   - record: What was decided.
  ///   - sequence: The line's number, from 1 without a gap.
  ///   - time: Microseconds since the epoch, UTC.
  ///   - bytes: Where the line goes.
  package func append(
    _ record: Record, sequence: UInt64, time: Int64, to bytes: inout [UInt8]
  ) {
    bytes.append(contentsOf: Self.linePrefix)
    bytes.append(decimal: sequence)
    bytes.append(plain: #","time":""#)
    bytes.append(time: time)
    bytes.append(plain: #"","event":""#)
    switch record {
    case .assigned(let assigned): append(assigned, to: &bytes)
    case .merged(let merged): append(merged, to: &bytes)
    case .moved(let moved): append(moved, to: &bytes)
    case .storyMerged(let merged): append(merged, to: &bytes)
    case .storyMoved(let moved): append(moved, to: &bytes)
    case .skipped(let skipped): append(skipped, to: &bytes)
    case .removed(let removed): append(removed, to: &bytes)
    case .expired(let expired): append(expired, to: &bytes)
    }
    bytes.append(plain: "}\n")
  }
}
