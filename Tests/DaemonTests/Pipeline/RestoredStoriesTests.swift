// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct RestoredStoriesTests {
  private static let week = DocumentRegisterStoriesTests.week

  /// Runs the parts one after the other, each with a window of its own, on one state.
  private func run(
    seed: UInt64, cuts: [Int], windows: [Int64?], count: Int = 140, step: Int64 = 0
  ) throws -> [[ClusterLogLine]] {
    var scene = try RegisterScene(step: step)
    let outcomes = DocumentRegisterStoriesTests.outcomes(seed: seed, count: count, in: scene)
    var lines: [[ClusterLogLine]] = []
    for (part, start) in ([0] + cuts).enumerated() {
      scene.storyWindow = windows[part]
      let end = part < cuts.count ? cuts[part] : count
      let store = try scene.openStore()
      lines.append(
        try scene.run(Array(outcomes[start..<end]), on: store, batch: 8, from: start))
      try store.close()
    }
    return lines
  }

  /// The law: stopping and starting at any point changes no later record.
  @Test(arguments: 0..<2 as Range<UInt64>)
  func aRestartChangesNoLaterDecision(seed: UInt64) throws {
    // In the second half a part of what came is beyond the window.
    for step in [0, Self.week / 70] {
      let expected = try run(seed: seed, cuts: [], windows: [Self.week], step: step)
      for cut in [1, 45, 110] {
        let lines = try run(
          seed: seed, cuts: [cut], windows: [Self.week, Self.week], step: step)
        #expect(Array(lines.joined()) == expected[0], "cut at \(cut)")
      }
    }
  }

  @Test func aRestartAfterEachDocumentChangesNothingEither() throws {
    let (cuts, windows) = (Array(1..<90), Array(repeating: Self.week as Int64?, count: 90))
    let step = Self.week / 50
    let lines = try run(seed: 5, cuts: cuts, windows: windows, count: 90, step: step)
    #expect(
      try Array(lines.joined())
        == run(seed: 5, cuts: [], windows: [Self.week], count: 90, step: step)[0])
  }

  @Test func theCountComesBack() throws {
    let scene = try RegisterScene(storyWindow: Self.week)
    let outcomes = DocumentRegisterStoriesTests.outcomes(seed: 3, count: 140, in: scene)
    let store = try scene.openStore()
    let lines = ClusterLogLines(try scene.run(outcomes, on: store))
    let register = try scene.makeRegister(store)
    let counts = register.counts
    #expect(counts.stories == Set(lines.storyOfDocument.values).count)
    #expect(counts.storyMerges == 0)
  }

  /// Stories may be switched off and on again, and the window may change: the log stays sound.
  @Test(arguments: 0..<2 as Range<UInt64>)
  func anotherConfigurationGoesOnFromWhatIsThere(seed: UInt64) throws {
    for windows in [
      [Self.week, nil, Self.week], [nil, Self.week, Self.week],
      [Self.week, Self.week / 4, Self.week],
      [Self.week / 4, Self.week, nil],
    ] {
      let parts = try run(
        seed: seed, cuts: [60, 100], windows: windows, step: Self.week / 70)
      let log = ClusterLogLines(Array(parts.joined()))
      #expect(log.dividedClusters == [], "\(windows)")
      #expect(try log.schemaViolations() == [])
      #expect(log.all.map(\.sequence) == Array(1...log.all.count))
      for (lines, window) in zip(parts, windows) {
        let assigned = lines.filter(\.isAssigned)
        #expect(assigned.allSatisfy { ($0["story"] != nil) == (window != nil) })
      }
    }
  }

  /// Two stories whose clusters were merged while there were no stories are one when there are.
  @Test func whatHappenedWithoutStoriesIsTold() throws {
    var scene = try RegisterScene(storyWindow: Self.week)
    // The two ends of an article share too little to be one; two whole ones show that they are.
    let words = scene.article(1).split(separator: " ")
    let most = words.count * 58 / 100
    let outcomes = [
      scene.document("a", words.prefix(most).joined(separator: " ")),
      scene.document("b", words.suffix(most).joined(separator: " ")),
      scene.document("c", words.joined(separator: " ")),
      scene.document("d", words.dropFirst(20).joined(separator: " ")),
      scene.document("e", scene.article(3)), scene.document("f", scene.copy(of: 1)),
    ]
    var lines: [ClusterLogLine] = []
    for (part, window) in [(0..<2, Self.week), (2..<4, nil), (4..<6, Self.week)] {
      scene.storyWindow = window
      let store = try scene.openStore()
      lines += try scene.run(Array(outcomes[part]), on: store)
      try store.close()
    }
    let events = lines.map(\.event)
    #expect(
      events == [
        "assigned", "assigned", "assigned", "assigned", "merged", "story-merged", "assigned",
        "assigned",
      ])
    #expect(lines[5]["story"]?.string == "s1")
    #expect(lines[5]["because"]?["document"]?.integer == 4)
    #expect(lines[5]["because"]?["match"] == nil)
    #expect(lines[7]["story"]?.string == "s1")
    #expect(try ClusterLogLines(lines).schemaViolations() == [])
    // It is told once.
    let store = try scene.openStore()
    let more = try scene.run([scene.document("g", scene.article(4))], on: store)
    #expect(more.map(\.event) == ["assigned"])
  }
}
