// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ClusterDetailsTests {
  /// Document 1 has a part of the story and much of its own; 3 has most of the story; 5 is a copy
  /// of 2.
  private static func scene() throws -> ResultScene {
    try ResultScene(
      [
        Records.assigned(1), Records.assigned(2), Records.assigned(3, cluster: 1, like: 1),
        Records.assigned(4), Records.merged(1, [2], by: 3),
        Records.assigned(5, cluster: 1, like: 2, identical: true, text: 2),
      ],
      texts: [
        1: Array(0..<40) + Array(1_000..<1_100), 2: Array(20..<80), 3: Array(0..<70) + [7_000],
      ])
  }

  @Test("the principal has most of what others have too, not most words")
  func principal() throws {
    let scene = try Self.scene()
    let details = try ClusterDetails(1, in: scene.source())
    #expect(details.principal?.number == 3)
    #expect(details.members.map(\.document.number) == [1, 2, 3, 5])
    let reuse = details.members.map(\.reuse)
    // 40 words of 140, in 38 of 138 shingles; the principal has 71 words.
    #expect(
      reuse[0]
        == .init(inPrincipal: 38.0 / 138, ofPrincipal: 40.0 / 71, added: 100))
    #expect(reuse[1] == .init(inPrincipal: 48.0 / 58, ofPrincipal: 50.0 / 71, added: 10))
    #expect(reuse[2] == .init(inPrincipal: 1, ofPrincipal: 1, added: 0))
    #expect(reuse[3] == reuse[1])
  }

  @Test("a cluster that was absorbed leads to the one that did so")
  func absorbed() throws {
    let scene = try Self.scene()
    let details = try ClusterDetails(2, in: scene.source())
    #expect(details.cluster == 1)
    #expect(details.askedFor == 2)
    #expect(details.text(OutputStyle()).contains("c2 was merged into it"))
  }

  @Test("files that are gone are told, and what the texts say stays")
  func gone() throws {
    let scene = try Self.scene()
    try FileSystem.write([1], to: "\(scene.drop)/1.txt")
    let details = try ClusterDetails(1, in: scene.source())
    #expect(details.members.map(\.isGone) == [false, true, true, true])
    let text = details.text(OutputStyle())
    #expect(text.contains("principal:  3.txt (document 3)"))
    #expect(text.contains("first seen: 1.txt (document 1)"))
    #expect(text.contains("5.txt (same bytes as 2, file gone)"))
    #expect(text.contains("28 %"))
    let json = try JSONValue(parsing: details.json().utf8)
    #expect(json["principal"]?["path"]?.string == "3.txt")
    let last = try #require(json["members"]?.array?.last)
    #expect(last["identical_to"]?.integer == 2)
    #expect(last["added_words"]?.integer == 10)
  }

  @Test("of the log alone the members are told, and that the texts are missing")
  func logOnly() throws {
    let scene = try Self.scene()
    try scene.store.close()
    FileSystem.removeTree(scene.state)
    let details = try ClusterDetails(1, in: scene.source())
    #expect(details.principal == nil)
    #expect(details.members.count == 4)
    #expect(details.text(OutputStyle()).contains("takes the state's texts"))
  }

  @Test("a cluster that never was is not found")
  func unknown() throws {
    let scene = try Self.scene()
    let source = try scene.source()
    let failure = #expect(throws: CommandFailure.self) { _ = try ClusterDetails(9, in: source) }
    #expect(failure?.exitStatus == 1)
  }
}
