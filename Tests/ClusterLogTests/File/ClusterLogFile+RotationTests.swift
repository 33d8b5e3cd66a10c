// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import ClusterLog

@Suite("ClusterLogFile and rotation", .timeLimit(.minutes(10)))
struct ClusterLogFileRotationTests {
  enum Rotation: CaseIterable { case renamed, renamedAndMade, deleted, copiedAndTruncated }

  private func rotate(_ place: LogPlace, _ rotation: Rotation) throws {
    switch rotation {
    case .renamed: try FileSystem.rename(place.log, to: place.log + ".1")
    case .renamedAndMade:
      try FileSystem.rename(place.log, to: place.log + ".1")
      try place.write([])
    case .deleted: try FileSystem.remove(place.log)
    case .copiedAndTruncated:
      try place.write(place.content(), ".1")
      try FileSystem.truncate(place.log, to: 0)
    }
  }

  @Test(arguments: Rotation.allCases) func isSeenAndFollowed(_ rotation: Rotation) throws {
    let place = try LogPlace()
    var file = try ClusterLogFile(path: place.name)
    try file.append(SampleRecords.lines(1...3))
    let before = file.wasReplaced()
    #expect(!before)
    try rotate(place, rotation)
    let rotated = file.wasReplaced()
    #expect(rotated)
    try file.reopen()
    let after = file.wasReplaced()
    #expect(!after)
    try file.append(SampleRecords.lines(4...5))
    try file.synchronize()
    #expect(try place.content() == SampleRecords.lines(4...5))
    if rotation != .deleted { #expect(try place.content(".1") == SampleRecords.lines(1...3)) }
  }

  @Test func appendingWithoutReopeningGoesToTheOldFile() throws {
    let place = try LogPlace()
    var file = try ClusterLogFile(path: place.name)
    try file.append(SampleRecords.lines(1...3))
    try rotate(place, .renamedAndMade)
    try file.append(SampleRecords.lines(4...5))
    #expect(try place.content(".1") == SampleRecords.lines(1...5))
  }

  @Test func afterCopytruncateAppendingGoesOnAtTheNewEnd() throws {
    let place = try LogPlace()
    var file = try ClusterLogFile(path: place.name)
    try file.append(SampleRecords.lines(1...3))
    file.mustRewrite = true
    try rotate(place, .copiedAndTruncated)
    try file.append(SampleRecords.lines(4...5))
    try file.synchronize()
    #expect(try place.content() == SampleRecords.lines(4...5))
    let after = file.wasReplaced()
    #expect(!after)
  }

  @Test(arguments: ["hello\n", "hello", "{\"schema\":1,\"seq\":3", "\n", "{}\n"])
  func aForeignFileInItsPlaceIsNotTaken(_ text: String) throws {
    let place = try LogPlace()
    var file = try ClusterLogFile(path: place.name)
    try file.append(SampleRecords.lines(1...3))
    try rotate(place, .renamed)
    try place.write(text.utf8)
    let error = #expect(throws: ClusterLogError.self) { try file.reopen() }
    #expect(error?.code == .foreign)
    // The old file stays in use.
    try file.append(SampleRecords.lines(4...5))
    #expect(try place.content(".1") == SampleRecords.lines(1...5))
    #expect(try place.content() == Array(text.utf8))
  }

  @Test func reopeningTheSameFileChangesNothing() throws {
    let place = try LogPlace()
    var file = try ClusterLogFile(path: place.name)
    try file.append(SampleRecords.lines(1...3))
    try file.reopen()
    try file.append(SampleRecords.lines(4...5))
    #expect(try place.content() == SampleRecords.lines(1...5))
  }
}
