// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import ClusterLog

@Suite("Recovery and rotated files", .timeLimit(.minutes(10))) struct RotatedFilesTests {
  private static let all = SampleRecords.lines(1...10)
  private static let pending = [SampleRecords.lines(7...8), SampleRecords.lines(9...10)]

  private func setModified(_ path: String, _ seconds: Int) {
    var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    utimensat(AT_FDCWD, path, &times, 0)
  }

  /// The daemon was killed, the log rotated, its end perhaps torn; both files make the whole log.
  @Test(arguments: [true, false], [".1", "-20261121"])
  func theRotatedEndDecides(_ isMade: Bool, _ suffix: String) throws {
    for cut in SampleRecords.lines(1...8).count...Self.all.count {
      let place = try LogPlace()
      try place.write(Self.all.prefix(cut), suffix)
      if isMade { try place.write([]) }
      let report = try place.recover(pending: Self.pending, next: 11)
      #expect(try place.content(suffix) + place.content() == Self.all, "cut at \(cut)")
      #expect(report.rotatedFile == Array((place.log + suffix).utf8))
    }
  }

  @Test func aLogThatBeginsInTheMiddleFollowsARotation() throws {
    let begin = SampleRecords.lines(1...8).count
    for cut in begin...Self.all.count {
      let place = try LogPlace()
      try place.write(SampleRecords.lines(1...7), ".1")
      let written = Self.all.prefix(cut).dropFirst(SampleRecords.lines(1...7).count)
      try place.write(written)
      _ = try place.recover(pending: Self.pending, next: 11)
      #expect(try place.content() == SampleRecords.lines(8...10), "cut at \(cut)")
      #expect(try place.content(".1") == SampleRecords.lines(1...7))
    }
  }

  @Test func aTornFirstLineAfterARotation() throws {
    let place = try LogPlace()
    try place.write(SampleRecords.lines(1...7), ".1")
    try place.write(SampleRecords.lines(8...8).dropLast(5))
    _ = try place.recover(pending: Self.pending, next: 11)
    #expect(try place.content() == SampleRecords.lines(8...10))
  }

  /// An older copy that was touched last must not make lines appear twice.
  @Test func theFileWithMostLinesCounts() throws {
    let place = try LogPlace()
    try place.write(SampleRecords.lines(1...9), ".1")
    try place.write(SampleRecords.lines(1...7), ".copy")
    try place.write("not ours\n".utf8, ".notes")
    try place.write(Self.all, ".2.gz")
    setModified(place.log + ".1", 1_000_000)
    _ = try place.recover(pending: Self.pending, next: 11)
    #expect(try place.content() == SampleRecords.lines(10...10))
    #expect(try place.content(".copy") == SampleRecords.lines(1...7))
    #expect(try place.content(".notes") == Array("not ours\n".utf8))
  }

  @Test func withNothingLeftAllPendingLinesAreWritten() throws {
    let place = try LogPlace()
    try place.write(Self.all, ".1.gz")
    try place.write([], ".2")
    let report = try place.recover(pending: Self.pending, next: 11)
    #expect(report.appendedLines == 4)
    #expect(try place.content() == SampleRecords.lines(7...10))
  }

  @Test func theNewestComeFirstAndAreFew() throws {
    let place = try LogPlace()
    try place.write("x".utf8)
    for index in 1...20 {
      try place.write("x".utf8, ".\(index)")
      setModified(place.log + ".\(index)", 1_000_000 - index)
    }
    try FileSystem.makeDirectory(place.log + ".d")
    try FileSystem.makeSymbolicLink(at: place.log + ".link", to: place.log)
    let found = RotatedFiles.newestFirst(of: place.name)
    #expect(found == (1...16).map { Array((place.log + ".\($0)").utf8) })
  }
}
