// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import ClusterLog

@Suite("ClusterLogFile recovery", .timeLimit(.minutes(10)))
struct ClusterLogFileRecoveryTests {
  static let all = SampleRecords.lines(1...10)
  static let twoLast = SampleRecords.lines(1...8).count...all.count

  /// How the state may have kept the last lines, and from which line on.
  static let pendings: [(first: UInt64, batches: [[UInt8]])] = [
    (9, [SampleRecords.lines(9...10)]),
    (7, [SampleRecords.lines(7...8), SampleRecords.lines(9...10)]),
    (1, [all]),
  ]

  @Test(arguments: pendings.indices) func aLogCutAnywhereIsMadeWhole(_ index: Int) throws {
    let place = try LogPlace()
    let pending = Self.pendings[index]
    for cut in Self.twoLast {
      try place.write(Self.all.prefix(cut))
      let report = try place.recover(pending: pending.batches, next: 11)
      #expect(try place.content() == Self.all, "cut at \(cut)")
      #expect(report.foundLines + report.appendedLines == 11 - Int(pending.first))
      #expect(report.missing == nil)
      // A second start finds nothing to do.
      let again = try place.recover(pending: pending.batches, next: 11)
      #expect(again.appendedLines == 0 && again.cutBytes == 0)
      #expect(again.lastSequence == 10)
    }
  }

  /// The size reached the disk and the data did not: zero bytes from some place on.
  @Test(arguments: pendings.indices) func zeroBytesAreWrittenAnew(_ index: Int) throws {
    let place = try LogPlace()
    let pending = Self.pendings[index]
    for cut in Self.twoLast {
      for length in [1, 40, Self.all.count] {
        let zeros = min(length, Self.all.count - cut)
        let rest = Self.all.suffix(from: cut + zeros)
        try place.write(Self.all.prefix(cut) + repeatElement(0, count: zeros) + rest)
        _ = try place.recover(pending: pending.batches, next: 11)
        #expect(try place.content() == Self.all, "\(zeros) zeros at \(cut)")
      }
    }
  }

  @Test(arguments: [true, false]) func anEmptyOrMissingLogIsFilled(_ isThere: Bool) throws {
    let place = try LogPlace()
    if isThere { try place.write([]) }
    let report = try place.recover(pending: [Self.all], next: 11)
    #expect(report.appendedLines == 10)
    #expect(report.lastSequence == nil)
    #expect(try place.content() == Self.all)
  }

  @Test func nothingPendingAndNothingThereIsFine() throws {
    let place = try LogPlace()
    #expect(try place.recover(pending: [], next: 1) == RecoveryReport())
    #expect(try place.recover(pending: [], next: 500).missing == nil)
    #expect(try place.content() == [])
  }

  @Test func aTornEndIsCutWithNothingPending() throws {
    let place = try LogPlace()
    for cut in (SampleRecords.lines(1...9).count + 1)..<Self.all.count {
      try place.write(Self.all.prefix(cut))
      let report = try place.recover(pending: [], next: 10)
      #expect(try place.content() == SampleRecords.lines(1...9))
      #expect(report.cutBytes == cut - SampleRecords.lines(1...9).count)
    }
  }

  /// The durable part lost lines (an old copy was put back): told, not papered over in silence.
  @Test func aHoleIsReported() throws {
    let place = try LogPlace()
    try place.write(SampleRecords.lines(1...4))
    let report = try place.recover(pending: [SampleRecords.lines(9...10)], next: 11)
    #expect(report.missing == 5...8)
    #expect(try place.content() == SampleRecords.lines(1...4) + SampleRecords.lines(9...10))
  }

  @Test(arguments: [
    "hello world\n", "hello world", "{\"schema\":2,\"seq\":1,\"time\":\"\"}\n", "\n", "{}\n", "x",
    "{\"schema\":1,\"seq\":0,\"time\":\"\"}\n", "{\"schema\":1,\"sEq\":", "[2026-11-21] line\n{",
  ]) func aForeignFileIsRefusedAndUntouched(_ text: String) throws {
    for pending in [[], [Self.all]] {
      let place = try LogPlace()
      try place.write(text.utf8)
      let error = #expect(throws: ClusterLogError.self) {
        try place.recover(pending: pending, next: pending.isEmpty ? 1 : 11)
      }
      #expect(error?.code == .foreign)
      #expect(error?.description.contains(place.log) == true)
      #expect(try place.content() == Array(text.utf8))
    }
  }

  @Test(arguments: ["hello\n", "hello", "\n", "zeros"])
  func aForeignEndBehindOurLinesIsRefused(_ kind: String) throws {
    let text = kind == "zeros" ? "\0\0\0" : kind
    let place = try LogPlace()
    let content = SampleRecords.lines(1...8) + Array(text.utf8)
    try place.write(content)
    let error = #expect(throws: ClusterLogError.self) {
      try place.recover(pending: [], next: 9)
    }
    #expect(error?.code == .foreign)
    #expect(error?.reason.contains("\(SampleRecords.lines(1...8).count)") == true)
    #expect(try place.content() == content)
  }

  @Test func aLogAheadOfTheStateIsRefused() throws {
    let place = try LogPlace()
    try place.write(Self.all)
    for (pending, next): ([[UInt8]], UInt64) in [
      ([], 1), ([], 10), ([SampleRecords.lines(7...8)], 9),
    ] {
      let error = #expect(throws: ClusterLogError.self) {
        try place.recover(pending: pending, next: next)
      }
      #expect(error?.code == .ahead)
      #expect(try place.content() == Self.all)
    }
  }

  @Test func linesThatDifferFromTheStateAreRefused() throws {
    let place = try LogPlace()
    var changed = Self.all
    changed[SampleRecords.lines(1...8).count + 30] ^= 1
    for content in [changed, SampleRecords.lines(1...6) + SampleRecords.lines(8...10)] {
      try place.write(content)
      let error = #expect(throws: ClusterLogError.self) {
        try place.recover(pending: Self.pendings[1].batches, next: 11)
      }
      #expect(error?.code == .conflict)
      #expect(try place.content() == content)
    }
  }

  @Test func aLongLogIsNotReadWhole() throws {
    let place = try LogPlace()
    let long = SampleRecords.lines(1...3000)
    try place.write(long)
    let descriptor = try LogDescriptor(path: place.name, flags: 0)
    let tail = try #require(try LogTail(of: descriptor, size: long.count, length: 1000))
    #expect(tail.bytes.count < 66 << 10)
    #expect(tail.bytes == Array(long.suffix(tail.bytes.count)))
    #expect(tail.offset == long.count - tail.bytes.count)
    let report = try place.recover(pending: [SampleRecords.lines(2999...3010)], next: 3011)
    #expect(report.foundLines == 2)
    #expect(try place.content() == SampleRecords.lines(1...3010))
  }
}
