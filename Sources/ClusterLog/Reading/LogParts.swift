// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The files that a log consists of: what rotations put aside and what is being written.
package enum LogParts {
  /// The parts that can be read, the oldest records first, and the names of those that cannot.
  package struct Found: Sendable, Equatable {
    package var parts: [[UInt8]] = []
    /// Compressed parts, which hold records too.
    package var compressed: [[UInt8]] = []
  }

  /// Finds the parts beside a log by their names and orders them by their first record.
  ///
  /// A file that holds no record of ours is left out.
  package static func find(of path: [UInt8]) -> Found {
    var found = Found(compressed: RotatedFiles.compressed(of: path))
    var first: [(sequence: UInt64, path: [UInt8])] = []
    for part in RotatedFiles.newestFirst(of: path) + [path] {
      if let sequence = firstSequence(of: part) { first.append((sequence, part)) }
    }
    first.sort { $0.sequence < $1.sequence }
    found.parts = first.map(\.path)
    return found
  }

  /// The number of a file's first line; nil when that is none of ours.
  package static func firstSequence(of path: [UInt8]) -> UInt64? {
    guard let file = try? LogDescriptor(reading: path),
      let block = try? file.read(at: 0, count: 128), let start = LineHeader.sequence(block[...])
    else { return nil }
    return start
  }
}
