// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct LogTailReaderTests {
  private let directory: TemporaryDirectory
  private var log: String { directory.path("clusters.jsonl") }

  init() throws {
    directory = try TemporaryDirectory()
    let records = (1...20).map { number in
      number.isMultiple(of: 5)
        ? Records.skipped("\(number)") : Records.assigned(UInt32(number))
    }
    try FileSystem.write(Records.lines(Array(records[..<12])), to: log + ".1")
    try FileSystem.write(Records.lines(Array(records[12...]), from: 13), to: log)
  }

  private func last(_ count: Int, _ filter: RecordFilter) throws -> [Int] {
    let tail = try LogTailReader(LogScan(Array(log.utf8)), count: count, filter)
    #expect(tail.last == 20)
    return try tail.lines.map {
      try #require(ClusterLogLine(parsing: $0)["seq"]?.integer)
    }
  }

  @Test("the last lines that are wanted, from older parts if need be")
  func lines() throws {
    #expect(try last(3, RecordFilter()) == [18, 19, 20])
    #expect(try last(0, RecordFilter()) == [])
    #expect(try last(10, RecordFilter()) == Array(11...20))
    #expect(try last(100, RecordFilter()) == Array(1...20))
    #expect(try last(3, RecordFilter(skipped: true)) == [10, 15, 20])
    #expect(try last(9, RecordFilter(clusters: [7])) == [7])
  }
}
