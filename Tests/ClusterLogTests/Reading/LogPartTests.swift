// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import ClusterLog

@Suite(.timeLimit(.minutes(10)))
struct LogPartTests {
  private let place: LogPlace

  init() throws { place = try LogPlace() }

  private func lines(_ suffix: String) throws -> (lines: [[UInt8]], unfinished: Int) {
    var lines: [[UInt8]] = []
    let unfinished = try LogPart.forEachLine(of: place.part(suffix)) {
      lines.append(Array($0))
    }
    return (lines, unfinished)
  }

  @Test("a compressed part says what it said before, whatever blocks it comes in")
  func compressed() throws {
    let long = Array(repeating: UInt8(ascii: "b"), count: 2_500_000)
    let bytes = Array("one\n\n".utf8) + long + Array("\nthree\nfou".utf8)
    try place.write(bytes, ".1")
    try place.writeCompressed(bytes, ".1.gz")
    let (plain, unpacked) = (try lines(".1"), try lines(".1.gz"))
    #expect(plain.lines == [Array("one".utf8), [], long, Array("three".utf8)])
    #expect(plain.lines == unpacked.lines)
    #expect(plain.unfinished == 3 && unpacked.unfinished == 3)
  }

  @Test("two compressed files one behind the other are both read, and an empty one is empty")
  func members() throws {
    let one = try GzipFile.compressed(Array("one\n".utf8))
    try place.write(one + one, ".1.gz")
    #expect(try lines(".1.gz").lines.count == 2)
    try place.write(try GzipFile.compressed([]), ".2.gz")
    #expect(try lines(".2.gz").lines.isEmpty)
  }

  @Test("what is cut short is an error that names the file, not a shorter log")
  func cut() throws {
    let whole = try GzipFile.compressed(SampleRecords.lines(1...400))
    try place.write(Array(whole.dropLast(20)), ".1.gz")
    let error = #expect(throws: ClusterLogError.self) { _ = try lines(".1.gz") }
    #expect(error?.code == .compressed)
    #expect(error?.description.contains("\(place.log).1.gz: it is damaged or cut short") == true)
    #expect(error?.remedy.contains("gzip --test") == true)
  }

  @Test("a scan may end early, and what is not there is told")
  func early() throws {
    try place.writeCompressed(SampleRecords.lines(1...20_000), ".1.gz")
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try LogPart.forEachLine(of: place.part(".1.gz")) { _ in throw Enough() }
    }
    #expect(try LogPart.firstSequence(of: place.part(".1.gz")) == 1)
    let missing = #expect(throws: ClusterLogError.self) { _ = try lines(".9.gz") }
    #expect(missing?.code == .missing)
  }
}
