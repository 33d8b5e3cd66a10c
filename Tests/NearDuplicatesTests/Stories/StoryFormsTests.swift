// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// A story is an event: what fills in one form is as many stories as it is texts.
@Suite(.timeLimit(.minutes(10)))
struct StoryFormsTests {
  @Test(arguments: [StoryFormTexts.results, StoryFormTexts.quakes])
  func instancesOfAFormAreApart(texts: [String]) {
    #expect(Set(StoriesTests.link(texts)).count == texts.count)
  }

  /// All in one stream, in several orders.
  @Test(arguments: UInt64(0)..<6)
  func formsAreApartAndFollowUpsTogether(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var texts = StoryFormTexts.forms.enumerated().map { (story: $0.offset, text: $0.element) }
    for (number, reports) in StoryFormTexts.followUps.enumerated() {
      texts += reports.map { (story: 100 + number, text: $0) }
    }
    texts.shuffle(using: &random)
    let found = StoriesTests.link(texts.map(\.text))
    let stories = Dictionary(grouping: zip(texts, found), by: \.0.story)
    for (story, members) in stories {
      #expect(Set(members.map(\.1)).count == 1, "story \(story)")
    }
    #expect(Set(found).count == stories.count)
  }

  /// The first text that a site sends and the next ones have all of its frame in common.
  @Test func theFrameOfASiteMakesNoStoryThoughItsLinesDiffer() {
    let frame = """
      Follow us on the Tarnhollow Courier Network: Calder, Meridia, Varnholm and Ostravia editions. \
      Listen to Morning Five, travel and weather from Tarnhollow Courier Network. Advertising, \
      coupons, careers and accessibility at the Tarnhollow Courier Network, Quay Street.
      """
    let articles = [0, 2, 4, 6].map { "\(StoryTexts.events[$0 / 2][0]) \(frame)" }
    #expect(Set(StoriesTests.link(articles)).count == articles.count)
  }

  /// A copy that its cluster does not know, since its own page is most of it, tells the same event.
  @Test func whatHasAllTheNamesInTheSameWordsIsACopyAndNoForm() {
    let report = StoryFormTexts.followUps[0][0]
    #expect(Set(StoriesTests.link([report, report])).count == 1)
  }

  @Test func noSingleDigitIsATerm() {
    let digits = ["7", "３", "٤", "५"]
    let text = "Rovers \(digits.joined(separator: " Rovers ")) Rovers 17 Rovers 2041 Rovers 611"
    let story = StoriesTests.text(text)
    let terms = Set(story.candidates.map(\.term))
    for (token, trait) in zip(story.tokens, story.traits) where trait & TokenTraits.digit != 0 {
      #expect(terms.contains(token) == !TermTables.shared.isDigit(token))
    }
    #expect(story.tokens.count { TermTables.shared.isDigit($0) } == digits.count)
  }
}
