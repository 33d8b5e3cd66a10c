// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

extension ClusterLogFile {
  /// Makes the log whole at start: cuts a torn end, appends what is missing, synchronises.
  ///
  /// Which pending lines are there is found by comparing bytes with the end of the log, and, while
  /// the log is empty because it was rotated, with the ends of its rotated files. A log that ends
  /// with something else is refused and left untouched. Call it before the first `append`; after
  /// an error of code `full` it can be called again.
  ///
  /// - Parameters:
  ///   - pending: The batches of whole lines that the state holds, in order.
  ///   - nextSequence: The number that the next new line will get.
  package mutating func recover(
    pending batches: [[UInt8]], nextSequence: UInt64
  ) throws(ClusterLogError) -> RecoveryReport {
    guard let pending = PendingLines(batches: batches, nextSequence: nextSequence) else {
      throw .invalidPending(path)
    }
    var report = RecoveryReport()
    let finding = try Self.examine(descriptor, path: path, pending: pending)
    var next = finding.nextPending
    report.lastSequence = finding.lastSequence
    if next == nil, pending.count > 0, let rotated = rotatedFinding(pending) {
      next = rotated.nextPending
      report.rotatedFile = rotated.path
      report.lastSequence = rotated.lastSequence
    }
    if let last = finding.lastSequence, last + 1 < pending.firstSequence {
      report.missing = (last + 1)...(pending.firstSequence - 1)
    }
    do throws(SystemError) {
      let size = try descriptor.status().size
      if size > finding.goodEnd {
        try descriptor.truncate(to: finding.goodEnd)
        report.cutBytes = size - finding.goodEnd
      }
    } catch {
      throw ClusterLogError(error, path: path)
    }
    offset = finding.goodEnd
    report.foundLines = next ?? 0
    report.appendedLines = pending.count - report.foundLines
    try append(Array(pending.bytes(from: report.foundLines)))
    // Also when nothing was missing: lines that are there may be so only in the page cache.
    try synchronize()
    return report
  }

  private static func examine(
    _ file: borrowing LogDescriptor, path: [UInt8], pending: PendingLines
  ) throws(ClusterLogError) -> LogTail.Finding {
    let size: Int
    let tail: LogTail?
    do throws(SystemError) {
      size = try file.status().size
      tail = try LogTail(of: file, size: size, length: pending.bytes.count)
    } catch {
      throw ClusterLogError(error, path: path)
    }
    guard let tail else { throw .foreign(path, offset: size) }
    do throws(LogTail.Refusal) {
      return try tail.examine(against: pending)
    } catch {
      switch error {
      case .foreign(let offset): throw .foreign(path, offset: offset)
      case .ahead(let sequence): throw .ahead(path, sequence: sequence, next: pending.nextSequence)
      case .conflict(let sequence): throw .conflict(path, sequence: sequence)
      }
    }
  }

  private struct RotatedFinding {
    var path: [UInt8]
    var nextPending: Int
    var lastSequence: UInt64?
  }

  /// The rotated file that holds most of the pending lines; its torn end is cut like the log's.
  ///
  /// Files that are not ours, are compressed or cannot be opened are passed over.
  private borrowing func rotatedFinding(_ pending: PendingLines) -> RotatedFinding? {
    var best: RotatedFinding?
    var bestEnd = 0
    for candidate in RotatedFiles.newestFirst(of: path) {
      guard let file = try? LogDescriptor(path: candidate, flags: O_RDONLY),
        let finding = try? Self.examine(file, path: candidate, pending: pending),
        let next = finding.nextPending
      else { continue }
      guard next > best?.nextPending ?? -1 else { continue }
      best = RotatedFinding(
        path: candidate, nextPending: next, lastSequence: finding.lastSequence)
      bestEnd = finding.goodEnd
    }
    if let best { Self.finish(best.path, at: bestEnd) }
    return best
  }

  /// Cuts what a crash left behind the last whole line of a rotated file, and syncs the file.
  ///
  /// It may not be ours to write any more; then its torn line stays, and readers see it there.
  private static func finish(_ path: [UInt8], at end: Int) {
    guard let file = try? LogDescriptor(path: path, flags: O_RDWR),
      let size = try? file.status().size
    else { return }
    if size > end { try? file.truncate(to: end) }
    try? file.synchronizeData()
  }
}
