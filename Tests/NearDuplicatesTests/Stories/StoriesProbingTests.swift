// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct StoriesProbingTests {
  /// Asked before each arrival, also from beyond the window, stories say what then happens, and
  /// nothing of it changes.
  @Test(arguments: [Int64.max, 60, 20])
  func itSaysWhatLinkDecides(window: Int64) {
    let news = EventNews(seed: 4)
    var random = SeededGenerator(seed: 4)
    var (probed, plain) = (Stories(window: window), Stories(window: window))
    var joined = 0
    for number in 1...150 as ClosedRange<UInt32> {
      let text = StoriesTests.text(
        news.report(Int.random(in: 0..<6, using: &random), Int.random(in: 0..<20, using: &random)))
      // Time stands still now and then, and leaps.
      let time = Int64(number) / 3 * 5 + (number > 100 ? 30 : 0)
      _ = probed.probe(text, time: .max)
      let probe = probed.probe(text, time: time)
      let decision = probed.link(text, cluster: number, document: number, time: time)
      #expect(
        plain.link(text, cluster: number, document: number, time: time) == decision,
        "document \(number)")
      #expect(probe.match?.story ?? number == decision.story, "document \(number)")
      #expect(probe.match?.document == decision.match?.document)
      #expect(probe.match?.similarity == decision.match?.similarity)
      if probe.match != nil { joined += 1 }
    }
    #expect(joined > 20 && joined < 150)
    probed.checkInvariants()
    #expect(probed.storyCount == plain.storyCount)
  }

  @Test func noStoriesHaveNone() {
    var stories = Stories(window: .max)
    let text = StoriesTests.text(EventNews(seed: 1).report(0, 0))
    #expect(stories.probe(text, time: 0).match == nil)
    #expect(stories.storyCount == 0)
  }
}
