// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct StoriesPropertyTests {
  /// Whatever becomes of the clusters, each is in one story, and the log says in which.
  @Test func clustersStayWhole() {
    var kinds: Set<String> = []
    for seed in 0..<8 as Range<UInt64> {
      for window in [Int64.max, 60] {
        var scene = StoryScene(seed: seed, window: window)
        for step in 0..<160 {
          scene.step()
          #expect(scene.dividedClusters == [], "seed \(seed), window \(window), step \(step)")
        }
        scene.stories.checkInvariants()
        kinds.formUnion(scene.kinds)
      }
    }
    #expect(kinds == ["merge of clusters", "merge", "split", "move"])
  }

  /// The law: what is brought back goes on as it would have.
  @Test(arguments: 0..<3 as Range<UInt64>)
  func restoringChangesNoLaterDecision(seed: UInt64) throws {
    for window in [Int64.max, 50] {
      var scene = StoryScene(seed: seed, window: window)
      for _ in 0..<5 {
        for _ in 0..<25 { scene.step() }
        var again = try scene.restored()
        again.stories.checkInvariants()
        #expect(again.stories.storyCount == scene.stories.storyCount)
        var whole = scene
        for _ in 0..<40 {
          whole.step()
          again.step()
        }
        #expect(again.storyOf == whole.storyOf)
        #expect(again.clusterOf == whole.clusterOf)
        #expect(again.stories.openStories == whole.stories.openStories)
        #expect(again.stories.storyCount == whole.stories.storyCount)
      }
    }
  }

  /// What has left the window takes no room.
  @Test func memoryGoesWithTheWindow() {
    var stories = Stories(window: 100)
    var gathering = TermGathering()
    var peak = 0
    for document in 1...6_000 as ClosedRange<UInt32> {
      let text = StoryText(
        tokens: (0..<40).map { document &* 0x9E37_79B9 &+ $0 &* 0x85EB_CA6B },
        traits: Array(repeating: 0, count: 40), weights: Array(repeating: 50, count: 40),
        &gathering)
      _ = stories.link(text, cluster: document, document: document, time: Int64(document))
      #expect(stories.liveUnits <= 101)
      if document == 3_000 { peak = stories.byteCount - 4 * 3_000 }
    }
    #expect(stories.byteCount - 4 * 6_000 <= peak + 100_000)
    stories.checkInvariants()
  }
}
