// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// Goes over the lines of all parts of a log that can be read, the oldest first.
///
/// The parts are looked for when they are first asked for: most commands need the state alone, and
/// looking into compressed parts takes a process each.
package final class LogScan {
  private let path: [UInt8]
  private let withCompressed: Bool
  private lazy var found = LogParts.find(of: path, withCompressed: withCompressed)

  /// - Parameter withCompressed: whether parts that a rotation compressed are read too.
  package init(_ path: [UInt8], withCompressed: Bool = true) {
    self.path = path
    self.withCompressed = withCompressed
  }

  var parts: [[UInt8]] { found.parts }

  /// How a command ends that needs the log when there is none; nil when there is.
  var absence: CommandFailure? {
    guard parts.isEmpty else { return nil }
    do {
      _ = try LogFileReader(path: path)
      return nil
    } catch {
      return CommandFailure(error)
    }
  }

  /// Those that are not compressed, which are found without a process.
  var plainParts: [[UInt8]] { LogParts.find(of: path, withCompressed: false).parts }

  /// Why some parts are not read, each with what to do about it.
  package var unread: [String] { found.unread.map { TerminalText.safe($0.description) } }

  /// Lends each whole line without its end.
  func forEachLine(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    for part in parts { try LogPart.forEachLine(of: part, body) }
  }

  /// Lends each line that is numbered so or higher, with its number; parts that end before are not
  /// read. Lines without a number are passed over; where parts overlap, one may come again.
  package func forEachLine(
    from sequence: UInt64, _ body: (UInt64, ArraySlice<UInt8>) throws -> Void
  ) throws {
    for (place, part) in parts.enumerated() {
      // Parts that begin with the same record overlap: a log that was lost is made whole again.
      let own = found.firstSequences[place]
      if found.firstSequences.contains(where: { $0 > own && $0 <= sequence }) { continue }
      try LogPart.forEachLine(of: part) { line in
        guard let opening = LineOpening(line), opening.sequence >= sequence else { return }
        try body(opening.sequence, line)
      }
    }
  }

  /// All records; a line that is none ends it with file and line.
  func forEachRecord(_ body: (LoggedRecord) throws -> Void) throws {
    for part in parts {
      var number = 0
      try LogPart.forEachLine(of: part) { line in
        number += 1
        do {
          try body(LoggedRecord(decoding: line))
        } catch let error as LogLineError {
          throw CommandFailure(
            CommandFailure.unreadable,
            "\(TerminalText.safe(part)):\(number): the line \(error); run neardup verify")
        }
      }
    }
  }

  /// What to say when something is not in the parts that can be read; nil when all are there.
  func missing() -> String? {
    if !unread.isEmpty { return unread.joined(separator: "; ") }
    guard let first = found.firstSequence else { return "there is no cluster log to read" }
    if first == 1 { return nil }
    return "the log begins at a later record: its first parts are gone"
  }
}
