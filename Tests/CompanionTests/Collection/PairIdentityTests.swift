// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct PairIdentityTests {
  private static let records = (1...6).map { Records.assigned($0) } + [Records.skipped("x")]

  /// The lines of a daemon that saw the same documents a while later.
  private static func later(_ records: [Record], by seconds: Int64 = 60) -> [UInt8] {
    var bytes: [UInt8] = []
    for logged in Records.logged(records) {
      RecordEncoder().append(
        logged.record, sequence: logged.sequence, time: logged.time + seconds * 1_000_000,
        to: &bytes)
    }
    return bytes
  }

  private func refusal(_ scene: ResultScene) -> CommandFailure? {
    do {
      _ = try scene.source()
      return nil
    } catch {
      return CommandFailure(error)
    }
  }

  @Test("the log of another daemon is refused, and what to do is said")
  func foreign() throws {
    let scene = try ResultScene(Self.records)
    try scene.writeLog(Self.later(Self.records))
    let failure = refusal(scene)
    #expect(failure?.exitStatus == 74)
    #expect(failure?.description.contains("do not belong together: document 3") == true)
    #expect(failure?.description.contains("--cluster-log") == true)
    #expect(throws: CommandFailure.self) {
      _ = try Verification(scene.places, given: [], isLogOnly: false)
    }
  }

  @Test("so is one that branched off later, and one of refusals only that goes further")
  func branched() throws {
    let scene = try ResultScene(Self.records)
    let shared = Records.lines(Array(Self.records.prefix(2)))
    let own = Self.later(Self.records).split(separator: 10).dropFirst(2).joined(separator: [10])
    try scene.writeLog(shared + Array(own) + [10])
    #expect(refusal(scene) != nil)
    try scene.writeLog(Records.lines(Array(repeating: Records.skipped("y"), count: 9)))
    #expect(refusal(scene)?.description.contains("the state gave out 7") == true)
  }

  @Test("a torn end, a damaged line, a rotation and a compression change nothing")
  func pairs() throws {
    let scene = try ResultScene(Self.records)
    let lines = Records.lines(Self.records)
    try scene.writeLog(lines + Array("{\"schema\":1,\"seq\":8,\"ti".utf8))
    #expect(refusal(scene) == nil)
    try scene.writeLog(lines + Array("damaged\n".utf8))
    #expect(refusal(scene) == nil)
    try scene.writeLog(lines, ".1")
    try scene.writeLog([])
    #expect(refusal(scene) == nil)
    try FileSystem.remove(scene.log + ".1")
    try FileSystem.write(GzipFile.compressed(lines), to: scene.log + ".2.gz")
    #expect(refusal(scene) == nil)
    try FileSystem.write(
      GzipFile.compressed(Self.later(Self.records)), to: scene.log + ".2.gz")
    #expect(refusal(scene) != nil)
    try FileSystem.remove(scene.log + ".2.gz")
    #expect(refusal(scene) == nil)
  }

  @Test("a log that lags behind is the state's")
  func behind() throws {
    let scene = try ResultScene(Self.records)
    try scene.writeLog(Records.lines(Array(Self.records.prefix(3))))
    #expect(refusal(scene) == nil)
  }
}
