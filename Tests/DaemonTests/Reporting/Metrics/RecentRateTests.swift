// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct RecentRateTests {
  private func time(_ seconds: Double) -> UInt64 { UInt64(seconds * 1e9) }

  @Test func itIsTakenOverWholeSeconds() {
    let rate = RecentRate()
    rate.count(30, now: time(100.2))
    rate.count(20, now: time(109.9))
    // The second that is not over does not count.
    rate.count(1_000, now: time(110.1))
    #expect(rate.perSecond(over: 10, now: time(110.5)) == 5)
    #expect(rate.perSecond(over: 1, now: time(110.5)) == 20)
  }

  @Test func oldSecondsAreForgotten() {
    let rate = RecentRate()
    rate.count(600, now: time(100))
    #expect(rate.perSecond(over: 59, now: time(160)) == 0)
    #expect(rate.perSecond(over: 59, now: time(100 + 60 * 7 + 1)) == 0)
    rate.count(59, now: time(160))
    #expect(rate.perSecond(over: 59, now: time(161)) == 1)
  }
}
