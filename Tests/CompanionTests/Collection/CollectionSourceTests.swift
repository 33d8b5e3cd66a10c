// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct CollectionSourceTests {
  private static let records = [
    Records.assigned(1), Records.assigned(2), Records.assigned(3, cluster: 2, like: 2),
    Records.assigned(4, cluster: 1, like: 1, identical: true, text: 1),
    Records.merged(1, [2], by: 4), Records.moved(3, from: 1, to: 3),
    Records.assigned(5, "2.txt", replaces: 2), Records.removed(4, cluster: 1),
  ]

  @Test("the state and the log come to the same collection")
  func agreement() throws {
    let scene = try ResultScene(Self.records)
    let fromState = try scene.source()
    try scene.store.close()
    FileSystem.removeTree(scene.state)
    let fromLog = try scene.source()
    #expect(fromState.collection.source == .state)
    #expect(fromLog.collection.source == .log)
    #expect(fromState.messages.isEmpty)
    #expect(fromLog.messages.count == 1)
    #expect(fromState.collection.clusters.members() == fromLog.collection.clusters.members())
    for (one, other) in zip(fromState.collection.documents, fromLog.collection.documents) {
      var (one, other) = (one, other)
      (one.drop, other.drop) = (0, 0)
      (one.sha256, other.sha256) = ([], [])
      #expect(one == other)
      #expect(
        fromState.collection.isCurrent(one.number) == fromLog.collection.isCurrent(one.number))
    }
  }

  @Test("without state and log the state is what is missed; a damaged log is named by its line")
  func failures() throws {
    let scene = try ResultScene(Self.records)
    try scene.store.close()
    FileSystem.removeTree(scene.state)
    try scene.writeLog(Records.lines(Self.records) + Array("damaged\n".utf8))
    let damaged = #expect(throws: CommandFailure.self) { _ = try scene.source() }
    #expect(damaged?.description.contains("clusters.jsonl:9: the line is not JSON") == true)
    try FileSystem.remove(scene.log)
    let missing = #expect(throws: (any Error).self) { _ = try scene.source() }
    #expect(missing.map { CommandFailure($0).exitStatus } == 74)
    #expect(missing.map { "\($0)" }?.contains("neardupd.sqlite") == true)
  }
}
