// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

struct HorizonClockTests {
  private static let day = HorizonClock.trust
  private static let year = 365 * day

  private func times(_ recorded: [Int64]) -> [Int64] {
    var clock = HorizonClock()
    return recorded.map { clock.advance(to: $0) }
  }

  @Test func itFollowsStepsOfADayAndLess() {
    let recorded = [0, 1, Self.day, 2 * Self.day, 2 * Self.day + 5]
    #expect(times(recorded) == recorded)
  }

  @Test func itNeverGoesBack() {
    #expect(times([10, 5, Int64.min, 11]) == [10, 10, 10, 11])
  }

  @Test func aYearAheadAndBackWithinADayMovesNothing() {
    let ahead = stride(from: 0, to: Self.day, by: Int(Self.day / 10)).map { Self.year + $0 }
    let all = times([0] + ahead + [Self.day / 2, Self.day])
    #expect(all == [0] + ahead.map { _ in 0 } + [Self.day / 2, Self.day])
  }

  @Test func aYearBackAndForwardAgainMovesNothing() {
    #expect(
      times([Self.year, 0, 5, Self.year + 1]) == [
        Self.year, Self.year, Self.year, Self.year + 1,
      ])
  }

  @Test func whatIsStillSoADayLaterIsBelieved() {
    let week = 7 * Self.day
    #expect(times([0, week, week + Self.day / 2, week + Self.day]) == [0, 0, 0, week + Self.day])
    // Who gets one document a week lags behind by one.
    #expect(times([0, week, 2 * week, 3 * week]) == [0, 0, week, 2 * week])
  }

  @Test func extremesDoNotTrap() {
    #expect(times([Int64.min, .max, .min, .max, .max]).count == 5)
    #expect(times([Int64.max, .min, 0]) == [.max, .max, .max])
  }

  /// Bringing it back at any point changes nothing.
  @Test func aRestartChangesNothing() {
    let recorded = [
      0, Self.day, 9 * Self.day, 9 * Self.day + 7, Self.year, 10 * Self.day, 12 * Self.day,
      13 * Self.day, 14 * Self.day,
    ]
    let whole = times(recorded)
    for cut in 1..<recorded.count {
      var clock = HorizonClock()
      for time in recorded[..<cut] { _ = clock.advance(to: time) }
      var other = HorizonClock(candidate: clock.candidate)
      for time in whole[..<cut] { other.restore(time) }
      #expect(other == clock)
      #expect(recorded[cut...].map { other.advance(to: $0) } == Array(whole[cut...]))
    }
  }
}
