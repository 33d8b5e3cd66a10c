// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// Goes over the lines of all parts of a log that can be read, the oldest first.
struct LogScan {
  let parts: [[UInt8]]
  /// Parts that hold records too and are compressed.
  let compressed: [[UInt8]]

  init(_ path: [UInt8]) {
    let found = LogParts.find(of: path)
    parts = found.parts
    compressed = found.compressed
  }

  /// Lends each whole line without its end.
  func forEachLine(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    for part in parts {
      var file = try LogFileReader(path: part)
      try file.forEachLine(body)
    }
  }

  /// All records; a line that is none ends it with file and line.
  func forEachRecord(_ body: (LoggedRecord) throws -> Void) throws {
    for part in parts {
      var file = try LogFileReader(path: part)
      var number = 0
      try file.forEachLine { line in
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
    guard let first = parts.first else { return "there is no cluster log to read" }
    if !compressed.isEmpty {
      let names = compressed.map { TerminalText.safe($0) }.joined(separator: ", ")
      return "compressed parts of the log were not read: \(names)"
    }
    guard LogParts.firstSequence(of: first) != 1 else { return nil }
    return "the log begins at a later record: its first parts are gone"
  }
}
