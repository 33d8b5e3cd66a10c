// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A cluster log as read at one moment: its whole lines, and what reading them comes to.
package struct ClusterLogLines: Sendable {
  package let all: [ClusterLogLine]
  /// Bytes after the last line end; not empty while a line is being written, or after a crash.
  package let tail: [UInt8]

  /// Reads the log; one that is not there has no lines. Several files are read as one log.
  package init(at paths: String...) throws {
    var all: [ClusterLogLine] = []
    var tail: [UInt8] = []
    for path in paths where FileSystem.exists(path) {
      let bytes = try FileSystem.read(path)
      let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      for line in bytes[..<end].split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
      )
      .dropLast() {
        all.append(try ClusterLogLine(parsing: line))
      }
      tail = Array(bytes[end...])
    }
    self.all = all
    self.tail = tail
  }

  /// Lines that were read before.
  package init(_ lines: [ClusterLogLine]) {
    all = lines
    tail = []
  }

  package var assigned: [ClusterLogLine] { all.filter(\.isAssigned) }
  package var skipped: [ClusterLogLine] { all.filter(\.isSkipped) }

  /// How many content versions have had their one record.
  package var decided: Int { all.count { $0.isAssigned || $0.isSkipped } }

  package func lines(for path: String) -> [ClusterLogLine] {
    all.filter { $0.path == path }
  }

  /// What breaks the log's promises: gaps, repeats, half lines; empty when nothing does.
  package var brokenPromises: [String] {
    var broken: [String] = []
    if !tail.isEmpty { broken.append("the last line has no end: \(tail.count) bytes") }
    for (index, line) in all.enumerated() where line.sequence != index + 1 {
      broken.append("line \(index + 1) has seq \(line.sequence)")
      break
    }
    let documents = assigned.compactMap(\.document)
    if documents != Array(1..<(documents.count + 1)) {
      broken.append("documents are not numbered from 1 in order: \(documents.prefix(20))")
    }
    var seen: Set<String> = []
    for line in all where line.isAssigned || line.isSkipped {
      let content = line["sha256"]?.string ?? line.reason ?? ""
      let name = "\(line["path_b64"]?.string ?? line.path)\0\(line.member ?? "")"
      if !seen.insert("\(line["drop"]?.string ?? "")/\(name) \(content)").inserted {
        broken.append("\(line.path) is recorded twice with the same content")
      }
    }
    broken += dividedClusters.map { "cluster \($0) is in several stories" }
    return broken
  }

  /// Everything in the lines that the JSON Schema does not allow.
  package func schemaViolations() throws -> [String] {
    let schema = try JSONSchema(parsing: FileSystem.read(Fixtures.clusterLogSchema))
    return all.flatMap { line in
      schema.violations(of: line.value).map { "\($0) in \(line)" }
    }
  }

  /// Reads the log whenever its directory reports a change, until it holds what is awaited.
  package static func wait(
    _ awaited: String, at path: String, within seconds: Double,
    until fits: (ClusterLogLines) -> Bool
  ) throws -> ClusterLogLines {
    let deadline = MonotonicDeadline(seconds: seconds)
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let changes = try DirectoryChanges(of: String(path[..<slash]))
    while true {
      let lines = try ClusterLogLines(at: path)
      if fits(lines) { return lines }
      if deadline.hasPassed {
        let last = lines.all.suffix(3).map(\.description).joined(separator: "\n")
        throw Overdue(awaited, seconds, found: "\(lines.all.count) lines, the last:\n\(last)")
      }
      changes.wait(until: deadline)
    }
  }
}
