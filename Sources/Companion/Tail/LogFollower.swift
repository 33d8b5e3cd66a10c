// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// Reads a log as it grows and hands on each line once, through rotations.
///
/// After a rename the old file is read until the new one is there, since the daemon writes to it
/// until it reopens. After copytruncate the file begins anew; where it has already grown past what
/// was read, the numbers of the lines show it.
package struct LogFollower: ~Copyable {
  /// What comes of following.
  package enum Event: Equatable {
    case line(sequence: UInt64, ArraySlice<UInt8>)
    /// Lines that were rotated away before they could be read.
    case missed(ClosedRange<UInt64>)
  }

  private struct Misplaced: Error {}

  private let path: [UInt8]
  private var reader: LogFileReader?
  /// The number of the last line that was handed on; 0 for none.
  package private(set) var last: UInt64
  /// Where the file was read from the beginning because of a line that did not fit.
  private var reread: UInt64?

  /// - Parameter last: the number of the last line that is known already.
  package init(path: [UInt8], after last: UInt64 = 0) {
    self.path = path
    self.last = last
  }

  /// Hands on what has come since the last time.
  package mutating func advance(_ body: (Event) throws -> Void) throws {
    while true {
      if reader == nil { reader = Self.open(path) }
      guard reader != nil else { return }
      try read(body)
      switch reader?.change() ?? .none {
      case .none: return
      case .truncated: reader?.seek(to: 0)
      case .replaced:
        guard let next = Self.open(path) else { return }
        // What the daemon wrote before it made the new file.
        try read(body)
        reader = consume next
      }
    }
  }

  private static func open(_ path: [UInt8]) -> LogFileReader? { try? LogFileReader(path: path) }

  private mutating func read(_ body: (Event) throws -> Void) throws {
    do {
      try readOn(body)
    } catch is Misplaced {
      // Other bytes are there now than those that were read before.
      reread = last
      reader?.seek(to: 0)
      try readOn(body)
    }
  }

  private mutating func readOn(_ body: (Event) throws -> Void) throws {
    var (last, reread) = (last, reread)
    defer { (self.last, self.reread) = (last, reread) }
    try reader?.forEachLine { line in
      guard let opening = LineOpening(line) else {
        // Once more from the beginning; what does not fit then either is not ours to show.
        if reread == last { return }
        throw Misplaced()
      }
      if opening.sequence <= last { return }
      if last > 0, opening.sequence > last + 1 {
        guard reread == last else { throw Misplaced() }
        try body(.missed((last + 1)...(opening.sequence - 1)))
      }
      last = opening.sequence
      reread = nil
      try body(.line(sequence: opening.sequence, line))
    }
  }
}
