// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import StateStore

/// What `neardup verify` found.
package struct Verification: Sendable {
  /// How often and how long to wait for a line that is being written, in microseconds.
  private static let attempts = 20
  private static let pause: UInt32 = 50_000

  package private(set) var violations: [Violation] = []
  package private(set) var violationCount = 0
  /// What could not be checked.
  package private(set) var notes: [String] = []
  private var parts = 0
  private var audit = LogAudit()
  private var isStateCompared = false

  /// - Parameters:
  ///   - given: parts of the log besides the configured one; those beside it when empty.
  ///   - isLogOnly: whether the state is left out.
  package init(_ places: ResultPlaces, given: [[UInt8]], isLogOnly: Bool) throws {
    let reader = isLogOnly ? nil : try StateReader.open(directory: places.stateDirectory)
    let state = try reader.map { try StateAudit($0) }
    audit = LogAudit(comparedThrough: state?.lastSequence ?? .max)
    let files = try Self.files(places.clusterLog, given, &notes)
    parts = files.count
    for file in files {
      try Self.read(file, into: &audit, isLive: file == places.clusterLog)
    }
    audit.finish()
    take(audit.violations)
    if let state, let reader {
      try state.requireCommonDocument(with: audit, places)
      isStateCompared = true
      let lastKnown = try reader.snapshot { try $0.lastSequence() }
      take(state.compare(audit, lastKnown: lastKnown, log: files.last ?? places.clusterLog))
      noteEnds(state)
    }
    if audit.firstSequence > 1 {
      notes.append(
        "the log begins with record \(audit.firstSequence); what was before was not checked")
    }
  }

  private mutating func take(_ found: Violations) {
    violations += found.listed
    violationCount += found.count
  }

  private mutating func noteEnds(_ state: StateAudit) {
    guard audit.lastSequence < state.lastSequence, audit.lastSequence >= state.durableSequence
    else { return }
    let (first, last) = (audit.lastSequence + 1, state.lastSequence)
    notes.append(
      "records \(first) to \(last) are in the state and not in the log yet; the daemon appends "
        + "them, at its next start if it is not running")
  }

  /// The parts in the order of their records.
  private static func files(
    _ log: [UInt8], _ given: [[UInt8]], _ notes: inout [String]
  ) throws -> [[UInt8]] {
    // An empty log has no first record and is the last part all the same.
    if given.isEmpty {
      let found = LogParts.find(of: log)
      notes += found.unread.map { "not read: \(TerminalText.safe($0.description))" }
      return found.parts.filter { $0 != log } + [log]
    }
    let numbered = given.filter { $0 != log }
      .map { (file: $0, first: LogParts.firstSequence(of: $0) ?? .max) }
    return numbered.sorted { $0.first < $1.first }.map(\.file) + [log]
  }

  private static func read(
    _ file: [UInt8], into audit: inout LogAudit, isLive: Bool
  ) throws {
    var line = 0
    func take(_ bytes: ArraySlice<UInt8>) {
      line += 1
      audit.take(bytes, at: LinePlace(file: file, line: line))
    }
    if LogPart.isGzip(file) {
      let unfinished = try LogPart.forEachLine(of: file, take)
      if unfinished > 0 {
        audit.takeTornLine(unfinished, at: LinePlace(file: file, line: line + 1))
      }
      return
    }
    var reader = try LogFileReader(path: file)
    var attempt = 0
    repeat {
      if attempt > 0 { usleep(pause) }
      try reader.forEachLine(take)
      attempt += 1
      // The daemon may be in the middle of a write.
    } while isLive && reader.unfinished > 0 && attempt < attempts
    if reader.unfinished > 0 {
      audit.takeTornLine(reader.unfinished, at: LinePlace(file: file, line: line + 1))
    }
  }

  /// How much was checked.
  var checked: Checked {
    Checked(
      lines: audit.lineCount, parts: parts, first: audit.firstSequence, last: audit.lastSequence,
      documents: audit.collection.documents.count, state: isStateCompared)
  }

  package var exitStatus: Int32 { violationCount == 0 ? 0 : 1 }
}
