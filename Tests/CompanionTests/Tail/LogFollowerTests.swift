// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct LogFollowerTests {
  private let directory: TemporaryDirectory
  private var log: String { directory.path("clusters.jsonl") }

  init() throws { directory = try TemporaryDirectory() }

  private func lines(_ range: ClosedRange<UInt64>) -> [UInt8] {
    Records.lines(range.map { Records.assigned(UInt32($0)) }, from: range.lowerBound)
  }

  /// What comes next, as "5" for a line and "missed 5-7" for a gap.
  private func next(_ follower: inout LogFollower) throws -> [String] {
    var events: [String] = []
    try follower.advance { event in
      switch event {
      case .line(let sequence, _): events.append("\(sequence)")
      case .missed(let range): events.append("missed \(range.lowerBound)-\(range.upperBound)")
      }
    }
    return events
  }

  private func follower(after last: UInt64 = 0) -> LogFollower {
    LogFollower(path: Array(log.utf8), after: last)
  }

  @Test("lines come once, when they are whole")
  func growing() throws {
    var follower = follower()
    #expect(try next(&follower) == [])
    try FileSystem.write(lines(1...2), to: log)
    #expect(try next(&follower) == ["1", "2"])
    let more = lines(3...4)
    try FileSystem.append(more.prefix(more.count - 5), to: log)
    #expect(try next(&follower) == ["3"])
    try FileSystem.append(more.suffix(5), to: log)
    #expect(try next(&follower) == ["4"])
    #expect(try next(&follower) == [])
  }

  @Test("what is known already is not told again")
  func known() throws {
    try FileSystem.write(lines(1...5), to: log)
    var follower = follower(after: 3)
    #expect(try next(&follower) == ["4", "5"])
  }

  @Test("a renamed file is read to its end before the new one")
  func renamed() throws {
    try FileSystem.write(lines(1...2), to: log)
    var follower = follower()
    #expect(try next(&follower) == ["1", "2"])
    try FileSystem.rename(log, to: log + ".1")
    try FileSystem.append(lines(3...3), to: log + ".1")
    #expect(try next(&follower) == ["3"])
    // Until the daemon reopens it writes to the old file.
    try FileSystem.append(lines(4...5), to: log + ".1")
    try FileSystem.write(lines(6...7), to: log)
    #expect(try next(&follower) == ["4", "5", "6", "7"])
  }

  @Test("a file that was copied and cut is read from its beginning")
  func truncated() throws {
    try FileSystem.write(lines(1...4), to: log)
    var follower = follower()
    #expect(try next(&follower).count == 4)
    try FileSystem.truncate(log, to: 0)
    try FileSystem.append(lines(5...6), to: log)
    #expect(try next(&follower) == ["5", "6"])
  }

  @Test("so is one that has grown past what was read before anybody looked")
  func truncatedAndGrown() throws {
    try FileSystem.write(lines(1...3), to: log)
    var follower = follower()
    #expect(try next(&follower).count == 3)
    try FileSystem.truncate(log, to: 0)
    try FileSystem.append(lines(4...90), to: log)
    #expect(try next(&follower) == (4...90).map { "\($0)" })
    #expect(follower.last == 90)
  }

  @Test("records that were rotated away unread are told of, once")
  func missed() throws {
    try FileSystem.write(lines(1...2), to: log)
    var follower = follower()
    #expect(try next(&follower).count == 2)
    try FileSystem.rename(log, to: log + ".2")
    try FileSystem.write(lines(6...8), to: log)
    #expect(try next(&follower) == ["missed 3-5", "6", "7", "8"])
    try FileSystem.append(lines(9...9), to: log)
    #expect(try next(&follower) == ["9"])
  }

  @Test("lines of another program in the file are passed over")
  func foreign() throws {
    try FileSystem.write(lines(1...2) + Array("hello\n".utf8) + lines(3...4), to: log)
    var follower = follower()
    #expect(try next(&follower) == ["1", "2", "3", "4"])
    try FileSystem.append(Array("hello\n".utf8) + lines(5...5), to: log)
    #expect(try next(&follower) == ["5"])
  }
}
