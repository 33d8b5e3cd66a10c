// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import ClusterLog

@Suite(.timeLimit(.minutes(10)))
struct LogFileReaderTests {
  private let place: LogPlace

  init() throws { place = try LogPlace() }

  private func lines(_ reader: inout LogFileReader) throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    try reader.forEachLine { lines.append(Array($0)) }
    return lines
  }

  @Test("lines come whole, whatever blocks they are read in")
  func blocks() throws {
    // One line is longer than a block, and the first block ends within a line.
    let expected = [
      Array(repeating: UInt8(ascii: "a"), count: 700_000),
      Array(repeating: UInt8(ascii: "b"), count: 2_500_000), [], Array("c".utf8),
    ]
    try place.write(expected.flatMap { $0 + [UInt8(ascii: "\n")] })
    var reader = try LogFileReader(path: place.name)
    #expect(try lines(&reader) == expected)
    #expect(reader.unfinished == 0)
    #expect(try lines(&reader) == [])
  }

  @Test("a line that is being written comes when it is whole")
  func growing() throws {
    try place.write(Array("one\ntw".utf8))
    var reader = try LogFileReader(path: place.name)
    #expect(try lines(&reader) == [Array("one".utf8)])
    #expect(reader.unfinished == 2)
    try FileSystem.append(Array("o\nthree\n".utf8), to: place.log)
    #expect(try lines(&reader) == [Array("two".utf8), Array("three".utf8)])
  }

  @Test("it tells what became of the file")
  func changes() throws {
    try place.write(Array("one\n".utf8))
    var reader = try LogFileReader(path: place.name)
    _ = try lines(&reader)
    #expect(reader.change() == .none)
    try FileSystem.truncate(place.log, to: 0)
    #expect(reader.change() == .truncated)
    try FileSystem.rename(place.log, to: place.log + ".1")
    #expect(reader.change() == .replaced)
    try place.write(Array("two\n".utf8))
    #expect(reader.change() == .replaced)
  }

  @Test("a link is followed; what is no file or is not there is refused")
  func kinds() throws {
    try place.write(Array("one\n".utf8))
    let link = place.directory.path("link")
    try FileSystem.makeSymbolicLink(at: link, to: place.log)
    var reader = try LogFileReader(path: Array(link.utf8))
    #expect(try lines(&reader).count == 1)
    let missing = #expect(throws: ClusterLogError.self) {
      _ = try LogFileReader(path: Array(place.directory.path("none").utf8))
    }
    #expect(missing?.code == .missing)
    let directory = #expect(throws: ClusterLogError.self) {
      _ = try LogFileReader(path: Array(place.directory.path("").utf8))
    }
    #expect(directory?.code == .notRegular)
  }
}
