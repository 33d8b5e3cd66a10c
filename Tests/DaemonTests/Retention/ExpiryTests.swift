// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import StateStore
import TestSupport
import Testing

@testable import Daemon

/// Documents that expire while others come.
@Suite(.timeLimit(.minutes(10)))
struct ExpiryTests {
  private func scene(documents: Int, stories: Bool = false) throws -> RegisterScene {
    var scene = try RegisterScene(storyWindow: stories ? 14 * 86_400_000_000 : nil)
    scene.limits.documents = documents
    return scene
  }

  /// Runs outcomes in parts with a restart after each.
  private func run(
    _ outcomes: [FileOutcome], cuts: [Int], batch: Int, documents: Int, stories: Bool = false,
    window: Int64? = nil, step: Int64 = 0
  ) throws -> [ClusterLogLine] {
    var scene = try scene(documents: documents, stories: stories)
    scene.step = step
    if let window {
      scene.limits.window = window
      scene.limits.documents = nil
    }
    var lines: [ClusterLogLine] = []
    for (start, end) in zip([0] + cuts, cuts + [outcomes.count]) {
      let store = try scene.openStore()
      lines += try scene.run(
        Array(outcomes[start..<end]), on: store, batch: batch, from: start)
      // As the committing task does between batches.
      for _ in 0..<3 { try store.purge() }
      try store.close()
    }
    return lines
  }

  // MARK: Repeatable

  /// The law: neither the size of batches nor restarts at any points change a record.
  @Test(arguments: [(UInt64(1), 12), (2, 30), (4, 5)])
  func batchesAndRestartsChangeNothing(seed: UInt64, documents: Int) throws {
    let outcomes = try DocumentRegisterTests().randomOutcomes(seed: seed &+ 50, count: 140)
    let expected = try run(outcomes, cuts: [], batch: 1, documents: documents)
    #expect(expected.count { $0.event == "expired" } > 3)
    var random = SeededGenerator(seed: seed)
    for batch in [7, 64] {
      let cuts = (0..<3).map { _ in Int.random(in: 1..<outcomes.count, using: &random) }.sorted()
      let lines = try run(outcomes, cuts: cuts, batch: batch, documents: documents)
      #expect(lines == expected, "batches of \(batch), cut at \(cuts)")
    }
  }

  @Test(arguments: 0..<2 as Range<UInt64>)
  func theSameWithStories(seed: UInt64) throws {
    let scene = try RegisterScene()
    let outcomes = DocumentRegisterStoriesTests.outcomes(seed: seed, count: 120, in: scene)
    let expected = try run(outcomes, cuts: [], batch: 8, documents: 30, stories: true)
    #expect(expected.count { $0.event == "expired" } > 3)
    for cuts in [[31], [40, 77, 95]] {
      let lines = try run(outcomes, cuts: cuts, batch: 8, documents: 30, stories: true)
      #expect(lines == expected, "cut at \(cuts.prefix(5))")
    }
  }

  @Test func theSameWithAWindow() throws {
    let outcomes = try DocumentRegisterTests().randomOutcomes(seed: 9, count: 150)
    let hour: Int64 = 3_600_000_000
    func lines(_ cuts: [Int], _ batch: Int) throws -> [ClusterLogLine] {
      try run(outcomes, cuts: cuts, batch: batch, documents: 0, window: 48 * hour, step: hour)
    }
    let expected = try lines([], 8)
    #expect(expected.count { $0.event == "expired" } > 3)
    #expect(try lines([20, 90, 91], 3) == expected)
  }

  @Test func nothingChangesBeforeTheFirstExpires() throws {
    let outcomes = try DocumentRegisterTests().randomOutcomes(seed: 3, count: 120)
    let without = try RegisterScene()
    let expected = try without.run(outcomes, on: try without.openStore(), batch: 8)
    let lines = try run(outcomes, cuts: [90], batch: 8, documents: 1_000)
    #expect(lines == expected)
  }

  // MARK: Who meets whom

  /// Copies within the horizon join, copies beyond it begin a cluster.
  @Test func copiesWithinAndBeyondTheHorizonMakeThePartition() throws {
    let scene = try scene(documents: 40)
    var outcomes: [FileOutcome] = []
    var clusters: [Set<String>] = []
    for round in 0..<12 {
      // The text of round n, its copy 10 documents later, and another one 5 rounds later.
      outcomes.append(scene.document("r\(round)", scene.article(round)))
      for place in 0..<9 {
        outcomes.append(
          scene.document("x\(round)-\(place)", scene.article(1_000 + round * 9 + place)))
        clusters.append(["x\(round)-\(place)"])
      }
      outcomes.append(scene.document("near\(round)", scene.copy(of: round)))
      clusters.append(["r\(round)", "near\(round)"])
      if round >= 5 {
        outcomes.append(scene.document("late\(round - 5)", scene.copy(of: round - 5, lost: 6)))
        clusters.append(["late\(round - 5)"])
      }
    }
    let lines = ClusterLogLines(try scene.run(outcomes, on: try scene.openStore(), batch: 16))
    #expect(lines.partition == Set(clusters))
  }

  /// A chain of copies keeps its cluster's name though each link expires.
  @Test func aClusterLivesOnUnderItsNumber() throws {
    let scene = try scene(documents: 20)
    var outcomes: [FileOutcome] = []
    for place in 0..<120 {
      outcomes.append(
        place % 6 == 0
          ? scene.document("chain\(place)", scene.copy(of: 0, lost: 3 + place / 6 % 4))
          : scene.document("x\(place)", scene.article(place)))
    }
    let store = try scene.openStore()
    let lines = ClusterLogLines(try scene.run(outcomes, on: store, batch: 16))
    let chain = lines.clusterOfPath.filter { $0.key.hasPrefix("chain") }
    #expect(Set(chain.values) == ["c1"], "the number is that of a document long gone")
    #expect(chain.count == 20)
    for line in lines.all {
      guard let match = line["match"]?["document"]?.number else { continue }
      let before = lines.all.prefix { $0.sequence < line.sequence }
      let expired = before.compactMap { $0["through"]?.number }.max() ?? 0
      #expect(match > expired, "nothing is compared with what has expired")
    }
  }

  /// Exact copies keep their text though the original expires: the same words, and the same bytes.
  @Test func copiesOfAnExpiredOriginalStillFindEachOther() throws {
    let scene = try scene(documents: 20)
    let text = scene.article(0)
    var outcomes: [FileOutcome] = []
    for place in 0..<150 {
      switch place % 10 {
      case 0: outcomes.append(scene.document("same\(place)", text))
      case 5:
        let spaces = String(repeating: " ", count: place)
        outcomes.append(scene.document("words\(place)", text + spaces))
      default: outcomes.append(scene.document("x\(place)", scene.article(place)))
      }
    }
    let store = try scene.openStore()
    let lines = ClusterLogLines(try scene.run(outcomes, on: store, batch: 8))
    let kept = lines.clusterOfPath.filter { !$0.key.hasPrefix("x") }
    #expect(Set(kept.values) == ["c1"])
    let relations = lines.all.filter { ($0["path"]?.string ?? "").hasPrefix("same") }
      .compactMap { $0["relation"]?.string }
    #expect(relations == ["first"] + Array(repeating: "identical", count: 14))
  }

  // MARK: What is left

  @Test func rowsOfWhatHasExpiredAreDeleted() throws {
    let scene = try scene(documents: 20)
    let outcomes = (0..<100).map { scene.document("x\($0)", scene.article($0)) }
    let store = try scene.openStore()
    let lines = ClusterLogLines(try scene.run(outcomes, on: store, batch: 8))
    while store.hasExpiredRows { try store.purge() }
    let through = UInt32(lines.all.compactMap { $0["through"]?.number }.max() ?? 0)
    #expect(through > 70)
    let reader = store.makeReader()
    for document in 1...UInt32(100) {
      #expect(try (reader.document(document) == nil) == (document <= through))
      #expect(try (reader.tokens(of: document) == nil) == (document <= through))
    }
    #expect(try reader.counts().documents == 100)
    #expect(try reader.horizon().through == through)
  }

  /// A file that is still there is not new because its document has expired.
  @Test func theFileOfAnExpiredDocumentIsNoNews() throws {
    let scene = try scene(documents: 10)
    var outcomes = (0..<60).map { scene.document("x\($0)", scene.article($0)) }
    outcomes.append(scene.document("x0", scene.article(0), stamp: 2))
    let lines = ClusterLogLines(try scene.run(outcomes, on: try scene.openStore()))
    #expect(lines.all.count { $0["path"]?.string == "x0" } == 1)
  }
}
