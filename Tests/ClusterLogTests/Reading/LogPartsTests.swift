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
    try place.write(Array("x".utf8), ".2.gz")
    try place.write(Array("something else\n".utf8), ".txt")
    let found = LogParts.find(of: place.name)
    #expect(found.parts == ["-20261121", ".9", ""].map { Array((place.log + $0).utf8) })
    #expect(found.compressed == [Array((place.log + ".2.gz").utf8)])
  }

  @Test("a log that is not there has no parts")
  func none() throws {
    let place = try LogPlace()
    #expect(LogParts.find(of: place.name) == LogParts.Found())
  }
}
