// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import ClusterLog

@Suite(.timeLimit(.minutes(10)))
struct LogPartsTests {
  @Test("parts come in the order of their records, whatever they are called and when changed")
  func order() throws {
    let place = try LogPlace()
    try place.write(SampleRecords.lines(7...9))
    try place.write(SampleRecords.lines(4...6), ".9")
    try place.write(SampleRecords.lines(1...3), "-20261121")
    try place.write(Array("x".utf8), ".2.xz")
    try place.write(Array("something else\n".utf8), ".txt")
    let found = LogParts.find(of: place.name)
    #expect(found.parts == ["-20261121", ".9", ""].map(place.part))
    #expect(found.unread == [.unknownCompression(place.part(".2.xz"))])
  }

  @Test("compressed parts are in their place, and what cannot be unpacked is told")
  func compressed() throws {
    let place = try LogPlace()
    try place.write(SampleRecords.lines(7...9))
    try place.write(SampleRecords.lines(4...6), ".1")
    try place.writeCompressed(SampleRecords.lines(1...3), ".2.gz")
    try place.writeCompressed(Array("something else\n".utf8), ".other.gz")
    try place.write(Array("x".utf8), ".3.gz")
    // Its original is still there.
    try place.writeCompressed(SampleRecords.lines(4...6), ".1.gz")
    let found = LogParts.find(of: place.name)
    #expect(found.parts == [".2.gz", ".1", ""].map(place.part))
    #expect(found.unread == [.damaged(place.part(".3.gz"))])
    #expect(found.firstSequence == 1)
    #expect(LogParts.find(of: place.name, withCompressed: false).parts.count == 2)
  }

  @Test("a part that is there and cannot be read is told, one that is not there is none")
  func unreadable() throws {
    let place = try LogPlace()
    try place.write(SampleRecords.lines(4...6), ".1")
    #expect(LogParts.find(of: place.name).unread.isEmpty)
    // What a missing permission does, which root would not notice.
    try FileSystem.makeSymbolicLink(at: place.log, to: place.log)
    let found = LogParts.find(of: place.name)
    #expect(found.parts == [place.part(".1")])
    #expect(found.firstSequence == 4)
    #expect(found.unread.map(\.path) == [place.name])
  }

  @Test("a log that is not there has no parts")
  func none() throws {
    let place = try LogPlace()
    #expect(LogParts.find(of: place.name) == LogParts.Found())
  }
}
