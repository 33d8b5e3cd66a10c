// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct RecentDurationsTests {
  @Test func withoutAnyThereAreNoPercentiles() {
    #expect(RecentDurations().percentiles([0.5]) == nil)
  }

  @Test func percentilesAreOfTheNearestRank() {
    let durations = RecentDurations()
    durations.record((1...100).map { UInt64($0) }.shuffled())
    #expect(durations.percentiles([0, 0.5, 0.9, 0.99, 1]) == [1, 50, 90, 99, 100])
  }

  @Test func onlyTheLatestCount() {
    let durations = RecentDurations()
    durations.record([UInt64](repeating: 9, count: 700))
    durations.record([UInt64](repeating: 1, count: RecentDurations.limit))
    #expect(durations.percentiles([0, 1]) == [1, 1])
    durations.record([5])
    #expect(durations.percentiles([1]) == [5])
  }
}
