// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// A cluster log and the parts that were rotated away, read on from where they were.
struct LogParts {
  private struct Part {
    var path: String
    var offset = 0
  }

  /// By their number.
  private(set) var lines: [Int: ClusterLogLine] = [:]
  /// Numbers that came more than once.
  private(set) var repeats: [Int] = []
  private var parts: [Part]
  private let path: String

  init(_ path: String) {
    self.path = path
    parts = [Part(path: path)]
  }

  var isWithoutGap: Bool { lines.count == (lines.keys.max() ?? 0) }

  /// In the order of their numbers.
  var all: [ClusterLogLine] { lines.keys.sorted().compactMap { lines[$0] } }

  /// Gives the log another name, as a rotation does; the writer goes on in it until it is told.
  mutating func rotate(to name: String) throws {
    try FileSystem.rename(path, to: name)
    parts[parts.count - 1].path = name
    parts.append(Part(path: path))
  }

  /// Gives all parts to a tool but the last two, of which one may be written to.
  mutating func compress(_ tool: (String) throws -> Void) throws {
    try readOn()
    for part in parts.dropLast(2) { try tool(part.path) }
    parts = parts.suffix(2)
  }

  /// Reads the whole lines that were added.
  mutating func readOn() throws {
    for index in parts.indices {
      var status = stat()
      guard stat(parts[index].path, &status) == 0 else { continue }
      if Int(status.st_size) == parts[index].offset { continue }
      let bytes = try FileSystem.read(parts[index].path)
      guard parts[index].offset < bytes.count,
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")), end >= parts[index].offset
      else { continue }
      for line in bytes[parts[index].offset..<end].split(separator: UInt8(ascii: "\n")) {
        let record = try ClusterLogLine(parsing: line)
        if lines.updateValue(record, forKey: record.sequence) != nil {
          repeats.append(record.sequence)
        }
      }
      parts[index].offset = end + 1
    }
  }
}
