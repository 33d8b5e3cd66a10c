// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import StateStore
import TestSupport
import Testing

@testable import Daemon

/// Several documents of one path.
@Suite(.timeLimit(.minutes(10)))
struct DocumentRegisterMembersTests {
  private let scene: RegisterScene
  private let store: StateStore

  init() throws {
    scene = try RegisterScene()
    store = try scene.openStore()
  }

  private func member(_ name: String, _ text: String, stamp: Int64 = 1) -> FileOutcome {
    var outcome = scene.document("shard", text, stamp: stamp)
    outcome.key.path = MemberPath.join(outcome.key.path, Array(name.utf8))
    if case .document(let document) = outcome.result { outcome.memberDigest = document.digest }
    return outcome
  }

  private func damaged(_ name: String, _ digest: UInt8, stamp: Int64 = 1) -> FileOutcome {
    var outcome = member(name, "one two three", stamp: stamp)
    outcome.result = .skipped(.unreadable, detail: "why")
    outcome.memberDigest = Array(repeating: digest, count: 32)
    return outcome
  }

  private func container(stamp: Int64 = 1) -> FileOutcome {
    var outcome = scene.document("shard", "one two three", stamp: stamp)
    outcome.result = .container
    return outcome
  }

  private func gone(_ outcome: FileOutcome) -> FileOutcome {
    var outcome = outcome
    outcome.result = .gone
    return outcome
  }

  @Test(arguments: [1, 2, 9])
  func eachMemberIsADocument(batch: Int) throws {
    let lines = try scene.run(
      [
        member("line 1", scene.article(1)), member("line 2", scene.copy(of: 1)),
        member("line 3", scene.article(1)), container(),
      ], on: store, batch: batch)
    #expect(lines.map(\.path) == ["shard", "shard", "shard"])
    #expect(lines.map(\.member) == ["line 1", "line 2", "line 3"])
    #expect(lines.map { $0["relation"]?.string } == ["first", "near", "identical"])
    #expect(lines[1]["match"]?["member"]?.string == "line 1")
    #expect(lines.allSatisfy { $0["replaces"] == nil })
  }

  @Test(arguments: [1, 3])
  func whatIsRecordedIsNotRecordedAgain(batch: Int) throws {
    let first = [member("line 1", scene.article(1)), damaged("line 2", 7)]
    let rest = [member("line 3", scene.article(3)), container()]
    #expect(try scene.run(first, on: store, batch: batch).count == 2)
    // Killed in the middle, and read from its beginning.
    #expect(try scene.run(first + rest, on: store, batch: batch).map(\.member) == ["line 3"])
    #expect(try scene.run(first + rest, on: store, batch: batch).isEmpty)
  }

  @Test(arguments: [1, 9])
  func aNewVersionRecordsWhatIsNewInIt(batch: Int) throws {
    let old = [
      member("line 1", scene.article(1)), member("line 2", scene.article(2)), container(),
    ]
    let new = [
      member("line 1", scene.article(1), stamp: 2), member("line 2", scene.article(5), stamp: 2),
      damaged("line 3", 3, stamp: 2), container(stamp: 2),
    ]
    let mended = [member("line 3", scene.article(3), stamp: 3), container(stamp: 3)]
    let lines = try scene.run(old + new + new + mended, on: store, batch: batch)
    #expect(lines.map(\.event) == ["assigned", "assigned", "assigned", "skipped", "assigned"])
    #expect(lines.map(\.member) == ["line 1", "line 2", "line 2", "line 3", "line 3"])
    #expect(lines.map { $0["replaces"]?.integer } == [nil, nil, 2, nil, nil])
  }

  @Test func aContainerThatWasReadWholeIsKnown() throws {
    try scene.run([member("line 1", scene.article(1))], on: store)
    let reader = store.makeReader()
    let files = RecordedFiles(
      reader: reader, dropNumbers: [1], names: try RecordedNames(reader))
    let (key, identity) = (container().key, try #require(container().identity))
    #expect(!files.isRecorded(key, identity))
    let document = member("line 1", scene.article(1))
    #expect(files.isRecorded(document.key, digest: document.memberDigest ?? []))
    #expect(!files.isRecorded(document.key, digest: Array(repeating: 0, count: 32)))
    try scene.run([container()], on: store)
    let later = RecordedFiles(
      reader: reader, dropNumbers: [1], names: try RecordedNames(reader))
    #expect(later.isRecorded(key, identity))
    #expect(!later.isRecorded(key, try #require(container(stamp: 2).identity)))
  }

  @Test func membersAreForgottenOneByOne() throws {
    let members = [member("line 1", scene.article(1)), damaged("line 2", 7)]
    try scene.run(members + [container()], on: store)
    var register = try scene.makeRegister(store)
    try register.register(gone(container()), time: RegisterScene.start)
    let drop = register.lostContainer
    #expect(drop == 0)
    for member in members { try register.register(gone(member), time: RegisterScene.start) }
    let batch = register.turn()
    let lines = try batch.lines.split(separator: UInt8(ascii: "\n"))
      .map { try ClusterLogLine(parsing: $0) }
    #expect(lines.map(\.event) == ["removed"])
    #expect(lines.map(\.member) == ["line 1"])
    try store.commit(batch)
    #expect(
      try store.makeReader().files(drop: 1, under: [], after: nil, limit: 9).isEmpty)
  }
}
