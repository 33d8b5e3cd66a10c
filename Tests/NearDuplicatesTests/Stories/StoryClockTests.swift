// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// Stories of units that were published at times of their own, in whatever order they come.
@Suite(.timeLimit(.minutes(10)))
struct StoryClockTests {
  private static let (day, year) = (Int64(86_400_000_000), Int64(365 * 86_400_000_000))

  private struct Telling {
    let text: String
    let time: Int64
  }

  /// Links them in this order; answers the sets of their places that are one story.
  private func stories(_ tellings: [Telling], window: Int64 = 14 * day) -> Set<Set<Int>> {
    var stories = Stories(window: window, clock: .published)
    for (place, telling) in tellings.enumerated() {
      let number = UInt32(place + 1)
      _ = stories.link(
        StoriesTests.text(telling.text), cluster: number, document: number, time: telling.time)
    }
    stories.checkInvariants()
    let byStory = Dictionary(grouping: tellings.indices) { stories.story(of: UInt32($0 + 1)) ?? 0 }
    return Set(byStory.values.map { Set($0) })
  }

  /// Two texts of each event, in many orders: told in one week they are one, a year apart two.
  @Test(arguments: UInt64(0)..<6)
  func timeDecidesAndOrderDoesNot(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let events = StoryTexts.events
    for distance in [-Self.year, -6 * Self.day, 0, 6 * Self.day, Self.year] {
      var order = events.indices.flatMap { event in
        [(event, 0), (event, 1)].map { (event: $0.0, telling: $0.1) }
      }
      order.shuffle(using: &random)
      let found = stories(
        order.map { place in
          Telling(
            text: events[place.event][place.telling],
            time: Int64(place.event) * Self.year + (place.telling == 1 ? distance : 0))
        })
      let isOne = abs(distance) < Self.year
      #expect(found.count == events.count * (isOne ? 1 : 2), "\(distance)")
      for story in found {
        #expect(Set(story.map { order[$0].event }).count == 1)
      }
    }
  }

  @Test func theWindowIsAsLongAsItSaysOnBothSides() {
    let event = StoryTexts.events[0]
    for (apart, count) in [(10, 1), (-10, 1), (11, 2), (-11, 2)] as [(Int64, Int)] {
      for base in [-25, 0, 3, 1_000_000] as [Int64] {
        let tellings = [
          Telling(text: event[0], time: base), Telling(text: event[1], time: base + apart),
        ]
        #expect(stories(tellings, window: 10).count == count, "\(apart) from \(base)")
      }
    }
  }

  @Test func timesAtTheEndsOfTheScaleDoNoHarm() {
    let event = StoryTexts.events[0]
    let times: [(Int64, Int)] = [(.min, 0), (.max, 0), (0, 1), (-1, 0), (.min + 1, 1)]
    let tellings = times.map { Telling(text: event[$0.1], time: $0.0) }
    #expect(stories(tellings, window: 1) == [[0, 4], [1], [2, 3]])
    for ends in [[0, 2], [0, 4], [1, 2], [1, 4]] {
      #expect(stories(ends.map { tellings[$0] }, window: .max).count == 1)
    }
  }

  /// A story that goes on for longer than the window is one, whatever part of it comes first.
  @Test func whatLinksTwoThatAreFarApartMakesThemOne() {
    let event = StoryTexts.events[0]
    let ends = [Telling(text: event[0], time: 0), Telling(text: event[0], time: 20 * Self.day)]
    #expect(stories(ends).count == 2)
    #expect(stories(ends + [Telling(text: event[1], time: 10 * Self.day)]).count == 1)
  }

  /// A list of the index holds sixteen units; those of other years are in other lists.
  @Test func manyYearsDoNotPushOneAnotherOut() {
    let news = EventNews(seed: 7)
    var stories = Stories(window: 14 * Self.day, clock: .published)
    let count = UInt32(3 * StoryIndex.listLimit)
    for number in 1...count {
      let text = StoriesTests.text(news.report(0, Int(number)))
      _ = stories.link(
        text, cluster: number, document: number, time: Int64(number) * Self.year)
    }
    let again = StoriesTests.text(news.report(0, Int(count) + 1))
    let terms = TermVector.quantised(stories.weigh(stories.candidates(again)))
    for number in [1, count / 2, count] {
      let found = stories.similar(terms, from: 0, at: Int64(number) * Self.year + Self.day)
      #expect(found == [number], "of year \(number)")
    }
  }

  /// The law: what is brought back goes on as it would have, and asking changes nothing.
  @Test(arguments: 0..<3 as Range<UInt64>)
  func restoringAndAskingChangeNoLaterDecision(seed: UInt64) throws {
    var scene = StoryScene(seed: seed, window: 40, clock: .published)
    for _ in 0..<5 {
      for _ in 0..<25 {
        scene.step()
        #expect(scene.dividedClusters == [])
      }
      var again = try scene.restored()
      again.stories.checkInvariants()
      var whole = scene
      for step in 0..<40 {
        let text = StoriesTests.text(EventNews(seed: seed).report(step % 6, step))
        _ = again.stories.probe(text, time: Int64(step) * 7 - 60)
        whole.step()
        again.step()
      }
      #expect(again.storyOf == whole.storyOf)
      #expect(again.clusterOf == whole.clusterOf)
      #expect(again.stories.storyCount == whole.stories.storyCount)
    }
    #expect(scene.kinds.isSuperset(of: ["merge of clusters", "move"]))
  }

  @Test func askingSaysWhatLinkDecides() {
    let news = EventNews(seed: 4)
    var random = SeededGenerator(seed: 4)
    var stories = Stories(window: 30, clock: .published)
    var joined = 0
    for number in 1...150 as ClosedRange<UInt32> {
      let text = StoriesTests.text(
        news.report(Int.random(in: 0..<6, using: &random), Int.random(in: 0..<20, using: &random)))
      let time = Int64.random(in: -100...100, using: &random)
      let probe = stories.probe(text, time: time)
      let decision = stories.link(text, cluster: number, document: number, time: time)
      #expect(probe.match?.story ?? number == decision.story, "document \(number)")
      #expect(probe.match?.similarity == decision.match?.similarity)
      if probe.match != nil { joined += 1 }
    }
    #expect(joined > 20 && joined < 150)
  }
}
