// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension LogTail {
  /// What the end of a file says about the pending lines.
  struct Finding: Equatable {
    /// Where the good part ends; what is behind it is ours, and torn or damaged.
    var goodEnd: Int
    /// The first pending line that is not there; nil when the file says nothing about it.
    var nextPending: Int?
    /// The number of the last good line.
    var lastSequence: UInt64?
  }

  /// Why the end of a file cannot be continued.
  enum Refusal: Error, Equatable {
    case foreign(offset: Int)
    case ahead(UInt64)
    case conflict(UInt64)
  }

  /// Compares the end of a file with the pending lines.
  ///
  /// The file is lines from before the pending ones, then some of the pending lines in order
  /// (from the first, or from a later one when the log was rotated between them), then what a
  /// crash may leave: a line that is cut off, or zero bytes where the size reached the disk and
  /// the data did not. Everything else is refused.
  func examine(against pending: PendingLines) throws(Refusal) -> Finding {
    var position = 0
    var finding = Finding(goodEnd: offset)
    while let header = header(at: position), header.sequence < pending.firstSequence {
      finding.lastSequence = header.sequence
      position = lineEnd(after: position) ?? bytes.count
    }
    finding.goodEnd = offset + position
    finding.nextPending = finding.lastSequence == nil ? nil : 0
    guard position < bytes.count else { return finding }

    let line: Int
    if let header = header(at: position) {
      guard header.sequence < pending.nextSequence else { throw .ahead(header.sequence) }
      line = Int(header.sequence - pending.firstSequence)
      // Only a rotation starts a file in the middle; inside one file it would be a hole.
      guard line == 0 || finding.lastSequence == nil else { throw .conflict(header.sequence) }
    } else if finding.lastSequence != nil {
      line = 0
    } else {
      guard isCrashDamage(at: position, pending: pending) else {
        throw .foreign(offset: offset + position)
      }
      return finding
    }
    return try compare(from: position, with: pending, line: line, finding: finding)
  }

  private func compare(
    from position: Int, with pending: PendingLines, line: Int, finding: Finding
  ) throws(Refusal) -> Finding {
    var finding = finding
    let rest = bytes[position...]
    let expected = pending.bytes(from: line)
    var equal = 0
    for (left, right) in zip(rest, expected) {
      guard left == right else { break }
      equal += 1
    }
    let whole = pending.wholeLines(from: line, length: equal)
    let good = position + pending.starts[line + whole] - pending.starts[line]
    finding.goodEnd = offset + good
    finding.nextPending = line + whole
    if whole > 0 { finding.lastSequence = pending.firstSequence + UInt64(line + whole - 1) }
    guard equal < rest.count else { return finding }
    let hasHole = equal < expected.count && bytes[position + equal] == 0
    if hasHole || isCrashDamage(at: good, pending: pending) { return finding }
    if let header = header(at: good) {
      if header.sequence >= pending.nextSequence { throw .ahead(header.sequence) }
      throw .conflict(header.sequence)
    }
    throw .foreign(offset: offset + good)
  }

  /// Whether what begins here can be what a crash left: a line of ours cut off, or zero bytes.
  private func isCrashDamage(at position: Int, pending: PendingLines) -> Bool {
    if pending.count > 0, bytes[position] == 0 { return true }
    return lineEnd(after: position) == nil && LineHeader.canBegin(bytes[position...])
  }

  private func header(at position: Int) -> LineHeader? {
    guard let end = lineEnd(after: position) else { return nil }
    return LineHeader(bytes[position..<(end - 1)])
  }

  /// Where the line that begins at `position` ends, behind its line end.
  private func lineEnd(after position: Int) -> Int? {
    bytes[position...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
  }
}
