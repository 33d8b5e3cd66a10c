// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import ClusterLog

@Suite("ClusterLogFile", .timeLimit(.minutes(10))) struct ClusterLogFileTests {
  @Test func appendsToWhatIsThere() throws {
    let place = try LogPlace()
    try place.write(SampleRecords.lines(1...2))
    var file = try ClusterLogFile(path: place.name)
    try file.append(SampleRecords.lines(3...4))
    try file.synchronize()
    try file.append([])
    #expect(try place.content() == SampleRecords.lines(1...4))
    #expect(file.offset == SampleRecords.lines(1...4).count)
  }

  @Test func isMadeReadableForItsGroupOnly() throws {
    let place = try LogPlace()
    let mask = umask(0)
    defer { umask(mask) }
    _ = try ClusterLogFile(path: place.name)
    var status = stat()
    #expect(stat(place.log, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o640)
  }

  @Test func aMissingDirectoryIsNamed() throws {
    let place = try LogPlace()
    let error = #expect(throws: ClusterLogError.self) {
      _ = try ClusterLogFile(path: Array(place.directory.path("no/such/log").utf8))
    }
    #expect(error?.code == .missingDirectory)
    #expect(error?.description.contains("no/such/log") == true)
  }

  @Test(arguments: ["directory", "link", "fifo", "device"]) func whatIsNoFileIsRefused(
    _ kind: String
  ) throws {
    let place = try LogPlace()
    switch kind {
    case "directory": try FileSystem.makeDirectory(place.log)
    case "link": try FileSystem.makeSymbolicLink(at: place.log, to: "elsewhere")
    case "fifo": try FileSystem.makeFIFO(place.log)
    default: break
    }
    let name = kind == "device" ? Array("/dev/null".utf8) : place.name
    let error = #expect(throws: ClusterLogError.self) { _ = try ClusterLogFile(path: name) }
    #expect(error?.code == .notRegular)
    #expect(!FileSystem.exists(place.directory.path("elsewhere")))
  }

  @Test(arguments: ["a/b/c", "c", "/c"]) func namesAreTakenApart(_ path: String) {
    let directory = ClusterLogFile.directory(of: Array(path.utf8))
    #expect(String(decoding: ClusterLogFile.name(of: Array(path.utf8)), as: UTF8.self) == "c")
    let expected = ["a/b/c": "a/b", "c": ".", "/c": "/"]
    #expect(String(decoding: directory, as: UTF8.self) == expected[path])
  }

  /// What fdatasync(2) failed on is written again: here somebody else plays the lost pages.
  @Test func afterAFailedSyncTheBytesAreWrittenAgain() throws {
    let place = try LogPlace()
    var file = try ClusterLogFile(path: place.name)
    try file.append(SampleRecords.lines(1...2))
    try file.synchronize()
    try file.append(SampleRecords.lines(3...5))
    file.mustRewrite = true
    let start = SampleRecords.lines(1...2).count
    let descriptor = open(place.log, O_WRONLY)
    _ = [UInt8](repeating: 0, count: 100).withUnsafeBytes {
      pwrite(descriptor, $0.baseAddress, 100, start)
    }
    close(descriptor)
    #expect(try place.content() != SampleRecords.lines(1...5))
    try file.synchronize()
    #expect(try place.content() == SampleRecords.lines(1...5))
    // O_APPEND is on again.
    try file.append(SampleRecords.lines(6...6))
    #expect(try place.content() == SampleRecords.lines(1...6))
    #expect(file.unsynchronized == SampleRecords.lines(6...6))
  }

  @Test func theCopyInMemoryIsBounded() throws {
    let place = try LogPlace()
    var file = try ClusterLogFile(path: place.name)
    let block = Array(repeatElement(SampleRecords.lines(1...4), count: 2000).joined())
    for _ in 0..<12 {
      try file.append(block)
      #expect(file.unsynchronized.count <= max(ClusterLogFile.unsynchronizedLimit, block.count))
    }
    #expect(try place.content().count == block.count * 12)
  }
}
