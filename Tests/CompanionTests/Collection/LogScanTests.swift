// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct LogScanTests {
  @Test("it says when records are where it cannot read")
  func missing() throws {
    let directory = try TemporaryDirectory()
    let log = directory.path("log")
    #expect(LogScan(Array(log.utf8)).missing() == "there is no cluster log to read")
    try FileSystem.write(Records.lines([Records.assigned(2)], from: 2), to: log)
    #expect(LogScan(Array(log.utf8)).missing()?.contains("begins at a later record") == true)
    try FileSystem.write([1], to: log + ".1.gz")
    #expect(LogScan(Array(log.utf8)).missing()?.contains("log.1.gz: it is damaged") == true)
    try FileSystem.remove(log + ".1.gz")
    try FileSystem.write(
      GzipFile.compressed(Records.lines([Records.assigned(1)])), to: log + ".2.gz")
    let scan = LogScan(Array(log.utf8))
    #expect(scan.missing() == nil)
    var sequences: [UInt64] = []
    try scan.forEachRecord { sequences.append($0.sequence) }
    #expect(sequences == [1, 2])
  }
}
