// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import ClusterLog

@Suite(
  "ClusterLogFile on a full disk", .timeLimit(.minutes(10)),
  .enabled(if: SmallFileSystem.isPossible, "needs the right to mount a tmpfs"))
struct ClusterLogFileFullTests {
  @Test func noPartOfALineStays() throws {
    let disk = try SmallFileSystem(kilobytes: 64)
    var file = try ClusterLogFile(path: Array(disk.path("log").utf8))
    try Ballast(in: disk.path).fill(leaving: 16 << 10)
    var good: [UInt8] = []
    var sequence: UInt64 = 1
    var refused: [UInt8] = []
    while refused.isEmpty {
      let lines = SampleRecords.lines(sequence...(sequence + 2))
      do {
        try file.append(lines)
        good += lines
        sequence += 3
      } catch {
        #expect(error.code == .full)
        #expect(error.systemError == ENOSPC)
        refused = lines
      }
    }
    #expect(!good.isEmpty)
    #expect(try FileSystem.read(disk.path("log")) == good)
    #expect(throws: ClusterLogError.self) { try file.append(refused) }
    #expect(try FileSystem.read(disk.path("log")) == good)
    try Ballast(in: disk.path).makeRoom()
    try file.append(refused)
    try file.synchronize()
    #expect(try FileSystem.read(disk.path("log")) == good + refused)
  }

  @Test func recoveryIsTriedAgainWhenThereIsRoom() throws {
    let disk = try SmallFileSystem(kilobytes: 64)
    let name = Array(disk.path("log").utf8)
    let all = SampleRecords.lines(1...40)
    let torn = all.prefix(SampleRecords.lines(1...3).count + 20)
    try FileSystem.write(torn, to: disk.path("log"))
    try Ballast(in: disk.path).fill(leaving: 0)
    var file = try ClusterLogFile(path: name)
    let error = #expect(throws: ClusterLogError.self) {
      try file.recover(pending: [all], nextSequence: 41)
    }
    #expect(error?.code == .full)
    #expect(try FileSystem.read(disk.path("log")) == SampleRecords.lines(1...3))
    try Ballast(in: disk.path).makeRoom()
    let report = try file.recover(pending: [all], nextSequence: 41)
    #expect(report.foundLines == 3)
    #expect(report.appendedLines == 37)
    #expect(try FileSystem.read(disk.path("log")) == all)
  }
}
