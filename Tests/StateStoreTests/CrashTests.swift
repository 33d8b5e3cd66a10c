// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import TestSupport
import Testing

@testable import StateStore

/// The state and the log together: killed anywhere between the commit and the sync of the lines.
@Suite("State and log after a crash", .timeLimit(.minutes(10))) struct CrashTests {
  private func batch(_ store: StateStore, count: UInt64) -> StateBatch {
    var batch = StateBatch()
    for index in 0..<count {
      let skipped = Skipped(path: [0xE9, 0x0A], reason: .tooShort, detail: "1 word")
      RecordEncoder().append(
        .skipped(skipped), sequence: store.nextSequence + index, time: 0, to: &batch.lines)
    }
    batch.lineCount = Int(count)
    return batch
  }

  @Test(arguments: [0, 1, 2, 3], [0.0, 0.4, 1.0])
  func noLineIsLostOrRepeated(_ appended: Int, _ part: Double) throws {
    let place = try StatePlace()
    let name = Array(place.directory.path("log").utf8)
    var expected: [UInt8] = []
    do {
      let store = try place.open()
      var log = try ClusterLogFile(path: name)
      _ = try log.recover(pending: [], nextSequence: 1)
      for number in 0..<4 {
        let batch = batch(store, count: 5)
        try store.commit(batch)
        expected += batch.lines
        if number < appended {
          try log.append(batch.lines)
        } else if number == appended {
          try log.append(Array(batch.lines.prefix(Int(Double(batch.lines.count) * part))))
        }
      }
    }
    let store = try place.open()
    var log = try ClusterLogFile(path: name)
    let report = try log.recover(
      pending: store.pendingLogBatches().map(\.lines), nextSequence: store.nextSequence)
    try store.markDurable(through: store.nextSequence - 1)
    #expect(report.foundLines + report.appendedLines == 20)
    #expect(try FileSystem.read(place.directory.path("log")) == expected)
    #expect(try store.pendingLogBatches() == [])
  }
}
