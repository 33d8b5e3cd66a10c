// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// Two invented events in each of four languages, each told twice in other words.
@Suite(.timeLimit(.minutes(10)))
struct StoriesTests {
  static func text(_ text: String) -> StoryText {
    var fingerprinter = Fingerprinter()
    guard case .document(let fingerprint) = fingerprinter.fingerprint(Array(text.utf8)) else {
      preconditionFailure("not a text")
    }
    var gathering = TermGathering()
    return StoryText(
      TokenSequence(tokens: fingerprint.tokens, traits: fingerprint.traits), &gathering)
  }

  static func link(_ texts: [String], window: Int64 = .max, step: Int64 = 1) -> [UInt32] {
    var stories = Stories(window: window)
    var found: [UInt32] = []
    for (place, text) in texts.enumerated() {
      let number = UInt32(place + 1)
      _ = stories.link(
        Self.text(text), cluster: number, document: number, time: Int64(place) * step)
    }
    for place in texts.indices { found.append(stories.story(of: UInt32(place + 1)) ?? 0) }
    stories.checkInvariants()
    return found
  }

  /// All languages in one stream, in several orders: four texts of a language are two stories.
  @Test(arguments: UInt64(0)..<8)
  func eventsOfFourLanguagesComeOutRight(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let events = StoryTexts.events
    var order = events.indices.flatMap { event in [(event, 0), (event, 1)] }
    order.shuffle(using: &random)
    let found = Self.link(order.map { events[$0.0][$0.1] })
    var storyOfEvent: [Int: Set<UInt32>] = [:]
    for (place, text) in order.enumerated() {
      storyOfEvent[text.0, default: []].insert(found[place])
    }
    for event in events.indices { #expect(storyOfEvent[event]?.count == 1, "event \(event)") }
    #expect(Set(found).count == events.count)
  }

  @Test func theWindowClosesStories() {
    let event = StoryTexts.events[0]
    #expect(Set(Self.link(event)).count == 1)
    #expect(Set(Self.link(event, window: 10, step: 10)).count == 1)
    #expect(Set(Self.link(event, window: 10, step: 11)).count == 2)
  }

  @Test func clustersThatAreOneBringTheirStoriesTogether() {
    var stories = Stories(window: .max)
    for (number, event) in [(UInt32(1), 0), (2, 1)] {
      _ = stories.link(
        Self.text(StoryTexts.events[event][0]), cluster: number, document: number, time: 0)
    }
    #expect(stories.story(of: 2) == 2)
    #expect(
      stories.mergeClusters(into: 1, absorbed: 2) == [.merge(into: 1, absorbed: 2, match: nil)])
    #expect(stories.story(of: 2) == 1)
    stories.checkInvariants()
  }

  /// Its documents could not be named in the log if they moved.
  @Test func aClusterWithDocumentsFromBeforeTheWindowStaysWhereItIs() {
    var stories = Stories(window: 10)
    for (number, event) in [(UInt32(1), 0), (3, 1)] {
      _ = stories.link(
        Self.text(StoryTexts.events[event][0]), cluster: number, document: number, time: 0)
    }
    stories.add(2, to: 1)
    stories.take(2, from: 1)
    _ = stories.link(
      Self.text(StoryTexts.events[2][0]), cluster: 2, document: 2, time: 20)
    #expect(stories.liveUnits == 1)
    #expect(
      stories.mergeClusters(into: 2, absorbed: 3) == [.merge(into: 2, absorbed: 3, match: nil)])
    #expect(stories.liveUnits == 0)
    #expect(stories.story(of: 2) == 2 && stories.story(of: 3) == 2)
    stories.checkInvariants()
  }

  @Test func aDocumentTakesTheStoryOfItsNewCluster() {
    var stories = Stories(window: .max)
    for (number, event) in [(UInt32(1), 0), (2, 1)] {
      _ = stories.link(
        Self.text(StoryTexts.events[event][0]), cluster: number, document: number, time: 0)
    }
    stories.add(3, to: 1)
    #expect(
      stories.move(3, from: 1, to: 2, reason: "why")
        == [.moveDocument(3, from: 1, to: 2, reason: "why")])
  }

  @Test func theMatchNamesWhatBothHave() throws {
    let event = StoryTexts.events[0]
    var fingerprinter = Fingerprinter(keepsWording: true)
    guard case .document(let second) = fingerprinter.fingerprint(Array(event[1].utf8)) else {
      Issue.record("not a text")
      return
    }
    var stories = Stories(window: .max)
    _ = stories.link(Self.text(event[0]), cluster: 1, document: 1, time: 0)
    let decision = stories.link(Self.text(event[1]), cluster: 2, document: 2, time: 0)
    let match = try #require(decision.match)
    #expect(match.document == 1)
    #expect(match.similarity > 0.215 && match.similarity <= 1)
    var finder = WordFinder()
    let words = finder.words(of: match.terms, in: try #require(second.wording), limit: 5)
    #expect(words.contains("marrow") && words.count == 5)
  }

  /// Two articles of one site have its frame in common, and nothing else.
  @Test func framesMakeNoStories() {
    let frame = """
      Harbour Gazette Online
      Subscribe to the Harbour Gazette newsletter
      Weather in Port Selwyn: 14 degrees
      Editor Ottilie Brandreth, Quay Street 12, Port Selwyn
      """
    let pages = [StoryTexts.events[0][0], StoryTexts.events[1][0]].map {
      "\(frame)\n\($0)\n\(frame)"
    }
    #expect(Set(Self.link([StoryTexts.events[2][0]] + pages)).count == 3)
  }

  /// The law: what is brought back goes on as it would have.
  @Test(arguments: [1, 5, 9, 15])
  func restoringChangesNoLaterDecision(cut: Int) throws {
    let texts = StoryTexts.events.flatMap { $0 } + StoryTexts.events.flatMap { $0.reversed() }
    var whole = Stories(window: 12)
    var again = Stories(window: 12)
    for (place, text) in texts.enumerated() {
      let number = UInt32(place + 1)
      if place == cut { try again.finishRestoring { _ in throw Missing() } }
      let decision = whole.link(
        Self.text(text), cluster: number, document: number, time: Int64(place))
      if place < cut {
        let trace = try #require(decision.trace)
        var position = 0
        let bytes = StoryTrace.encode([trace])
        #expect(StoryTrace.decode(bytes.span.bytes, &position) == [trace])
        again.restore(trace, of: number, time: Int64(place))
        for revision in decision.revisions {
          switch revision {
          case .merge(let into, let absorbed, _): again.restoreStoryMerge(of: absorbed, into: into)
          case .moveCluster(let cluster, _, _, let to, _):
            again.restoreStoryMove(cluster, to: to)
          case .moveDocument: Issue.record("no cluster has more than one document")
          }
        }
        if place == cut - 1 {
          try again.finishRestoring { document in
            let text = Self.text(texts[Int(document) - 1])
            return TokenSequence(tokens: text.tokens, traits: text.traits)
          }
        }
      } else {
        #expect(
          again.link(Self.text(text), cluster: number, document: number, time: Int64(place))
            == decision)
      }
    }
    again.checkInvariants()
  }

  private struct Missing: Error {}

  @Test(arguments: [[], [1], [1, 1, 0, 0, 0], [1] + Array(repeating: 0, count: 13)] as [[UInt8]])
  func damagedTracesAreRefused(bytes: [UInt8]) {
    var position = 0
    #expect(StoryTrace.decode(bytes.span.bytes, &position) == nil)
  }

  @Test func skippingTracesGoesAsFarAsReadingThem() {
    let terms = (1...3).map { StoryTrace.Term(term: $0, weight: UInt8($0)) }
    let traces = [
      StoryTrace(cluster: 4, source: 5, story: 6, terms: terms),
      StoryTrace(cluster: 7, source: 7, story: 7, terms: []),
    ]
    let bytes = StoryTrace.encode(traces)
    var (read, skipped) = (0, 0)
    #expect(StoryTrace.decode((bytes + [9]).span.bytes, &read) == traces)
    #expect(StoryTrace.skip((bytes + [9]).span.bytes, &skipped))
    #expect(read == bytes.count && skipped == read)
    for length in bytes.indices {
      var position = 0
      #expect(!StoryTrace.skip(Array(bytes.prefix(length)).span.bytes, &position))
    }
  }
}
