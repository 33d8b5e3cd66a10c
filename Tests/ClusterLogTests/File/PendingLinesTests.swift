// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import ClusterLog

@Suite("PendingLines") struct PendingLinesTests {
  @Test func linesAreCounted() throws {
    let pending = try #require(
      PendingLines(
        batches: [SampleRecords.lines(5...6), [], SampleRecords.lines(7...7)], nextSequence: 8))
    #expect(pending.count == 3)
    #expect(pending.firstSequence == 5)
    #expect(Array(pending.bytes(from: 1)) == SampleRecords.lines(6...7))
    let length = SampleRecords.lines(6...6).count
    #expect(pending.wholeLines(from: 1, length: length - 1) == 0)
    #expect(pending.wholeLines(from: 1, length: length) == 1)
    #expect(pending.wholeLines(from: 0, length: .max) == 3)
  }

  @Test func whatIsNotWholeAndNumberedIsRefused() {
    let lines = SampleRecords.lines(5...7)
    #expect(PendingLines(batches: [lines], nextSequence: 9) == nil)
    #expect(PendingLines(batches: [lines.dropLast()], nextSequence: 8) == nil)
    #expect(PendingLines(batches: [SampleRecords.lines(9...9), lines], nextSequence: 10) == nil)
    #expect(PendingLines(batches: [Array("x\n".utf8)], nextSequence: 2) == nil)
    #expect(PendingLines(batches: [], nextSequence: 8)?.firstSequence == 8)
  }
}
