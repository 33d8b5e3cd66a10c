// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct StoryDetailsTests {
  private static func led(_ number: UInt32, by other: UInt32, story: UInt32) -> Record {
    guard case .assigned(var assigned) = Records.assigned(number, story: story) else {
      return Records.assigned(number)
    }
    assigned.storyMatch = StoryMatch(
      document: other, path: [0x61], similarity: 0.52, terms: ["quake", "harbour"])
    return .assigned(assigned)
  }

  private static let records = [
    Records.assigned(1, story: 1), led(2, by: 1, story: 1),
    Records.assigned(3, cluster: 1, like: 1, story: 1), Records.assigned(4, story: 4),
    Records.assigned(5, story: 5),
    .storyMerged(
      StoryMerged(
        story: 1, absorbed: [4], document: 5, evidence: .cluster(Records.match(1)))),
    .storyMoved(
      StoryMoved(document: 2, path: Array("2.txt".utf8), from: 1, to: 5, reason: "later")),
  ]

  @Test("a story is its clusters in order of arrival, with what led them there")
  func clusters() throws {
    let scene = try ResultScene(Self.records)
    let source = try scene.source()
    let story = try StoryDetails(1, in: source)
    #expect(story.entries.map(\.listed.cluster) == [1, 4])
    #expect(story.entries.map(\.listed.documents) == [2, 1])
    let other = try StoryDetails(5, in: source)
    #expect(other.entries.map(\.listed.cluster) == [2, 5])
    #expect(other.text(OutputStyle()).contains("0.52 with document 1: quake, harbour"))
    let json = try JSONValue(parsing: other.json().utf8)
    #expect(json["clusters"]?.array?.first?["story_match"]?["document"]?.integer == 1)
  }

  @Test("one that was absorbed leads to the one that did so")
  func absorbed() throws {
    let scene = try ResultScene(Self.records)
    let story = try StoryDetails(4, in: scene.source())
    #expect(story.story == 1)
    #expect(story.text(OutputStyle()).contains("s4 was merged into it"))
  }

  @Test("a log without stories is told from a story that never was")
  func none() throws {
    let scene = try ResultScene(Self.records)
    let unknown = try scene.source()
    let missing = #expect(throws: CommandFailure.self) { _ = try StoryDetails(9, in: unknown) }
    #expect(missing?.description == "there is no story s9; neardup stories lists them")
    let other = try ResultScene([Records.assigned(1)])
    let without = try other.source()
    let absent = #expect(throws: CommandFailure.self) { _ = try StoryDetails(1, in: without) }
    #expect(absent?.description.hasPrefix("the log has no stories") == true)
    #expect(absent?.exitStatus == 1)
  }

  @Test("the quick pass over the log is what folding all of it gives")
  func scan() throws {
    let scene = try ResultScene(Self.records)
    let quick = try StoryScan(LogScan(Array(scene.log.utf8))).partition
    #expect(quick.members() == Records.collection(Self.records).stories.members())
  }
}
