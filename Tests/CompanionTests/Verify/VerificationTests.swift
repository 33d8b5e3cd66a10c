// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import StateStore
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct VerificationTests {
  private static let records = [
    Records.assigned(1), Records.assigned(2), Records.skipped("x"),
    Records.assigned(3, cluster: 2, like: 2), Records.assigned(4, "2.txt", replaces: 2),
    Records.merged(1, [2], by: 4), Records.moved(3, from: 1, to: 3),
    Records.assigned(5, cluster: 1, like: 1, identical: true, text: 1),
    Records.removed(1, cluster: 1),
  ]

  private func verify(
    _ scene: ResultScene, _ parts: [String] = [], isLogOnly: Bool = false
  ) throws -> Verification {
    try Verification(
      scene.places, given: parts.map { Array($0.utf8) }, isLogOnly: isLogOnly)
  }

  private func messages(_ scene: ResultScene) throws -> [String] {
    try verify(scene).violations.map { violation in
      "\(violation.line.map { "\($0): " } ?? "")\(violation.message)"
    }
  }

  @Test("state and log that agree are good, in one part or in several")
  func good() throws {
    let scene = try ResultScene(Self.records)
    #expect(try verify(scene).exitStatus == 0)
    #expect(
      try verify(scene).text(OutputStyle()).hasSuffix(
        "compared with the state: all promises kept\n"))
    try scene.writeLog(Records.lines(Array(Self.records[..<4])), ".1")
    try scene.writeLog(Records.lines(Array(Self.records[4...]), from: 5))
    #expect(try messages(scene) == [])
    #expect(try verify(scene, [scene.log + ".1"]).violations == [])
    try FileSystem.remove(scene.log + ".1")
    let later = try verify(scene)
    #expect(later.violations == [])
    #expect(later.notes.count == 1)
    #expect(try verify(scene, isLogOnly: true).text(OutputStyle()).contains("not compared"))
  }

  /// Each record in turn is told otherwise in the log than in the state.
  @Test(
    "what log and state tell otherwise is named by its line",
    arguments: [
      (0, Records.assigned(1, "other.txt"), "1: document 1: path other.txt, in the state 1.txt"),
      (1, Records.assigned(2, text: 9), "2: document 2: the SHA-256 is not that of the state"),
      (6, Records.moved(3, from: 1, to: 4), "4: document 3 is in c4, in the state in c3"),
      (8, Records.skipped("y"), "1: document 1 is not removed, in the state it is"),
    ] as [(Int, Record, String)])
  func differences(_ place: Int, _ record: Record, _ message: String) throws {
    let scene = try ResultScene(Self.records)
    var changed = Self.records
    changed[place] = record
    try scene.writeLog(Records.lines(changed))
    let messages = try messages(scene)
    #expect(messages.contains(message), "\(messages)")
    #expect(try verify(scene).exitStatus == 1)
  }

  @Test("a torn line, one that is missing and one too many are named")
  func ends() throws {
    let lines = Records.lines(Self.records)
    let torn = try ResultScene(Self.records)
    try torn.writeLog(lines + Array("{\"schema\"".utf8))
    #expect(try messages(torn) == ["10: the last line is torn: 9 bytes without a line end"])

    let short = try ResultScene(Self.records, durable: 9)
    try short.writeLog(Records.lines(Array(Self.records[..<8])))
    #expect(
      try messages(short)
        == [
          "1: document 1 is not removed, in the state it is",
          "it ends with record 8, and record 9 had reached the disk",
        ].reversed())

    let long = try ResultScene(Self.records)
    try long.writeLog(lines + Records.lines([Records.skipped("z")], from: 10))
    #expect(
      try messages(long) == ["it has record 10, and the state gave out no more than 9"])
  }

  @Test("records that the daemon has still to append are no violation")
  func pending() throws {
    let records = Array(Self.records[..<5])
    let scene = try ResultScene(records, durable: 3)
    try scene.writeLog(Records.lines(Array(records[..<4])))
    let verification = try verify(scene)
    #expect(verification.violations == [])
    #expect(verification.notes.contains { $0.hasPrefix("records 5 to 5 are in the state") })
  }

  @Test("a document without its text is named")
  func texts() throws {
    let scene = try ResultScene(Self.records, withoutText: [2])
    #expect(try messages(scene) == ["the text of document 2 is missing"])
    let json = try JSONValue(parsing: verify(scene).json().utf8)
    #expect(json["count"]?.integer == 1)
    #expect(json["checked"]?["state"]?.bool == true)
  }

  @Test("a state that is not there is an error, unless it is left out")
  func withoutState() throws {
    let scene = try ResultScene(Self.records)
    try scene.store.close()
    FileSystem.removeTree(scene.state)
    #expect(throws: StateStoreError.self) { _ = try verify(scene) }
    #expect(try verify(scene, isLogOnly: true).exitStatus == 0)
  }
}
