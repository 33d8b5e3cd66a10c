// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import ClusterLog

@Suite(.timeLimit(.minutes(10)))
struct ClusterLogLockTests {
  private let directory: TemporaryDirectory
  private var path: [UInt8] { Array(directory.path("log.jsonl").utf8) }

  init() throws { directory = try TemporaryDirectory() }

  @Test func oneWriterAtATimeWhateverTheName() throws {
    var first = try ClusterLogFile(path: path)
    try first.lock()
    #expect(link(directory.path("log.jsonl"), directory.path("other")) == 0)
    for name in ["log.jsonl", "other"] {
      var second = try ClusterLogFile(path: Array(directory.path(name).utf8))
      do throws(ClusterLogError) {
        try second.lock()
        Issue.record("two writers on \(name)")
      } catch {
        #expect(error.code == .heldByAnotherInstance)
        #expect(error.reason.contains("process"))
      }
    }
    withExtendedLifetime(first.offset) {}
  }

  @Test func theLockGoesOverToTheNextFile() throws {
    var first = try ClusterLogFile(path: path)
    try first.lock()
    try FileSystem.rename(directory.path("log.jsonl"), to: directory.path("log.jsonl.1"))
    try first.reopen()
    var second = try ClusterLogFile(path: path)
    do throws(ClusterLogError) {
      try second.lock()
      Issue.record("two writers")
    } catch {
      #expect(error.code == .heldByAnotherInstance)
    }
    var rotated = try ClusterLogFile(path: Array(directory.path("log.jsonl.1").utf8))
    try rotated.lock()
  }

  @Test func copytruncateLeavesTheLockWhereItIs() throws {
    var first = try ClusterLogFile(path: path)
    try first.lock()
    for _ in 0..<2 {
      try first.append(Array("{\"schema\":1,\"seq\":1}\n".utf8))
      try FileSystem.truncate(directory.path("log.jsonl"), to: 0)
      let wasReplaced = first.wasReplaced()
      #expect(wasReplaced)
      try first.reopen()
      let offset = first.offset
      #expect(offset == 0)
      var second = try ClusterLogFile(path: path)
      do throws(ClusterLogError) {
        try second.lock()
        Issue.record("two writers")
      } catch {
        #expect(error.code == .heldByAnotherInstance)
      }
    }
  }

  @Test func theHolderIsFoundInTheKernelsTable() throws {
    try FileSystem.write([], to: directory.path("log.jsonl"))
    let status = try FileStatus(path: path)
    let (major, minor) = (status.device >> 8 & 0xFFF, status.device & 0xFF)
    let place = "\(String(major, radix: 16)):\(String(minor, radix: 16)):\(status.inode)"
    let table = """
      1: POSIX  ADVISORY  WRITE 17 \(place) 0 EOF
      2: FLOCK  ADVISORY  WRITE 4711 \(place) 0 EOF
      nonsense

      """
    #expect(FileLocks.holder(of: status, in: Array(table.utf8)) == 4_711)
    #expect(FileLocks.holder(of: status, in: []) == nil)
  }

  @Test(arguments: [-9_223_372_037, 15_032_385_535])
  func aLogOfAnyTimeIsLookedAt(seconds: Int) throws {
    #expect(FileStatus.nanoseconds(timespec(tv_sec: seconds, tv_nsec: 1)) != 0)
  }
}
