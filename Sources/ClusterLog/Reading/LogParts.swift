// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The files that a log consists of: what rotations put aside and what is being written.
package enum LogParts {
  /// The parts that can be read, the oldest records first, and why others cannot.
  package struct Found: Sendable, Equatable {
    package var parts: [[UInt8]] = []
    /// The number of the first line of each part, in the same order.
    package var firstSequences: [UInt64] = []
    /// Files that hold records too, as it seems, with what to do about each.
    package var unread: [ClusterLogError] = []
    /// The number of the first line of all.
    package var firstSequence: UInt64? { firstSequences.first }
  }

  /// Finds the parts beside a log by their names and orders them by their first record.
  ///
  /// A file that holds no record of ours is left out, and so is a compressed one whose original is
  /// still there, as while gzip(1) is at it.
  ///
  /// - Parameter withCompressed: whether compressed ones are looked at, which takes a process each.
  package static func find(of path: [UInt8], withCompressed: Bool = true) -> Found {
    var found = Found()
    var first: [(sequence: UInt64, path: [UInt8])] = []
    for part in RotatedFiles.newestFirst(of: path, limit: .max) + [path] {
      do throws(ClusterLogError) {
        if let sequence = try LogPart.firstSequence(of: part) { first.append((sequence, part)) }
      } catch {
        // The log is not there yet, or a rotation took the part away meanwhile: nothing is lacking.
        if error.code != .missing { found.unread.append(error) }
      }
    }
    let originals = Set(first.map(\.path))
    for part in withCompressed ? RotatedFiles.compressed(of: path) : [] {
      guard LogPart.isGzip(part) else {
        found.unread.append(.unknownCompression(part))
        continue
      }
      if originals.contains(LogPart.original(of: part)) { continue }
      do throws(ClusterLogError) {
        if let sequence = try LogPart.firstSequence(of: part) { first.append((sequence, part)) }
      } catch {
        found.unread.append(error)
      }
    }
    first.sort { $0.sequence < $1.sequence }
    found.parts = first.map(\.path)
    found.firstSequences = first.map(\.sequence)
    return found
  }

  /// The number of a file's first line; nil when that is none of ours, or cannot be read.
  package static func firstSequence(of path: [UInt8]) -> UInt64? {
    (try? LogPart.firstSequence(of: path)) ?? nil
  }
}
