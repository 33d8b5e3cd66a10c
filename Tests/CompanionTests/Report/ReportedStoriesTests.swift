// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ReportedStoriesTests {
  /// Story 1 of clusters 1 and 3, story 5 of clusters 5, 6 and 7, story 8 of one; 9 in none.
  private static let records = [
    Records.assigned(1, story: 1), Records.assigned(2, cluster: 1, like: 1, story: 1),
    Records.assigned(3, story: 1), Records.assigned(4, cluster: 3, like: 3, story: 1),
    Records.assigned(5, story: 5), Records.assigned(6, story: 5), Records.assigned(7, story: 5),
    Records.assigned(8, story: 8), Records.assigned(9),
  ]
  private static let collection = Records.collection(records)

  private func stories(_ limits: PageLimits = PageLimits()) -> ReportedStories {
    ReportedStories(Self.collection, Self.collection.stories, limits)
  }

  @Test("those of most clusters come first, and each cluster knows its own")
  func order() {
    let stories = stories()
    #expect(stories.count == 3)
    #expect(stories.several.map(\.number) == [5, 1])
    #expect(stories.listed == stories.several)
    #expect(stories.several[1].parts.map(\.cluster) == [1, 3])
    #expect(stories.several[1].parts.map(\.documents) == [2, 2])
    #expect(stories.several[1].documents == 4)
    #expect(stories.several[1].firstSeen == Records.start + 1_000_000)
    #expect(stories.several[1].lastSeen == Records.start + 4_000_000)
    #expect([1, 3, 6, 8, 9].map { stories.story(of: $0) } == [1, 1, 5, 8, nil])
    #expect(stories.untold == 1)
  }

  @Test("between the first and the last time are all, also after the clock was set back")
  func clock() {
    let collection = Records.collection(Array(Self.records[..<4]), at: [10, 40, 20, 5])
    let stories = ReportedStories(collection, collection.stories, PageLimits())
    #expect(stories.several.map(\.firstSeen) == [5_000_000])
    #expect(stories.several.map(\.lastSeen) == [40_000_000])
    #expect(stories.several.first?.parts.map(\.firstSeen) == [10_000_000, 5_000_000])
    #expect(stories.several.first?.parts.map(\.lastSeen) == [40_000_000, 20_000_000])
  }

  @Test("what does not fit is counted")
  func limits() {
    let stories = stories(PageLimits(storyClusters: 3))
    #expect(stories.several.count == 2)
    #expect(stories.listed.map(\.number) == [5])
    #expect(self.stories(PageLimits(storyClusters: 4, clustersOfStory: 2)).listed.count == 2)
  }

  @Test("without stories there are none")
  func none() {
    let collection = Records.collection([Records.assigned(1)])
    let stories = ReportedStories(collection, collection.stories, PageLimits())
    #expect(stories.count == 0 && stories.several.isEmpty && stories.untold == 1)
  }
}
