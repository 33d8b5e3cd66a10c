// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// What a cluster log of hundreds of thousands of lines comes to, read on from where it was.
///
/// It looks for the few fields that the promises are about and leaves the rest alone, so that
/// following a log costs what was added to it.
struct RecordCount {
  /// Decided content versions by path, as the log spells it.
  private(set) var records: [String: Int] = [:]
  private(set) var reasons: [String: Int] = [:]
  private(set) var decided = 0
  private(set) var lines = 0
  private(set) var gaps = 0
  private var offset = 0
  private let path: String

  init(of path: String) { self.path = path }

  /// Paths that have no record.
  func lost(of expected: some Sequence<String>) -> Int {
    expected.count { records[$0] == nil }
  }

  /// Records beyond one per path.
  var repeated: Int { records.values.reduce(0) { $0 + $1 - 1 } }

  /// Bytes behind the last line end.
  func tornBytes() throws -> Int {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw SystemCallFailure("lstat", path) }
    return Int(status.st_size) - offset
  }

  /// Reads the whole lines that were added.
  mutating func readOn() throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemCallFailure("open", path) }
    defer { close(descriptor) }
    var chunk = [CChar](repeating: 0, count: 4 << 20)
    while true {
      let count = pread(descriptor, &chunk, chunk.count, off_t(offset))
      guard count > 0 else { return }
      let used = chunk.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map { take($0, count: count) } ?? 0
      }
      if used == 0 { return }
      offset += used
    }
  }

  /// Takes the whole lines; their line ends become NUL, so that strstr(3) ends there.
  private mutating func take(_ bytes: UnsafeMutablePointer<CChar>, count: Int) -> Int {
    var line = bytes
    while let end = memchr(line, 0x0A, count - (line - bytes)) {
      let next = end.assumingMemoryBound(to: CChar.self)
      next.pointee = 0
      take(line: line)
      line = next + 1
    }
    return line - bytes
  }

  private mutating func take(line: UnsafePointer<CChar>) {
    lines += 1
    if Self.field("\"seq\":", until: ",", in: line) != "\(lines)" { gaps += 1 }
    let event = Self.field("\"event\":\"", until: "\"", in: line)
    guard event == "assigned" || event == "skipped" else { return }
    decided += 1
    records[Self.field("\"path\":\"", until: "\"", in: line), default: 0] += 1
    if event == "skipped" {
      reasons[Self.field("\"reason\":\"", until: "\"", in: line), default: 0] += 1
    }
  }

  private static func field(
    _ name: String, until end: Unicode.Scalar, in line: UnsafePointer<CChar>
  ) -> String {
    guard let found = strstr(line, name) else { return "" }
    let start = found + name.utf8.count
    guard let stop = strchr(start, Int32(end.value)) else { return "" }
    return start.withMemoryRebound(to: UInt8.self, capacity: stop - start) {
      String(decoding: UnsafeBufferPointer(start: $0, count: stop - start), as: UTF8.self)
    }
  }
}

extension RecordCount {
  /// Follows the log until that many content versions are decided.
  mutating func wait(
    for count: Int, within seconds: Double, explained: () -> String = { "" }
  ) throws {
    let deadline = MonotonicDeadline(seconds: seconds)
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let changes = try DirectoryChanges(of: String(path[..<slash]))
    while true {
      if FileSystem.exists(path) { try readOn() }
      if decided >= count { return }
      if deadline.hasPassed {
        throw Overdue("\(count) records", seconds, found: "\(decided)\n\(explained())")
      }
      changes.wait(until: deadline)
    }
  }
}
