// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct ClocksTests {
  /// Files may have any of these times: 1677, 1901, 1970, 2262, 2446 and the ends of time_t.
  @Test(arguments: [
    (-9_223_372_037, Int64.min), (-9_223_372_036, -9_223_372_036_000_000_000),
    (-2_147_483_648, -2_147_483_648_000_000_000), (0, 0),
    (9_223_372_036, 9_223_372_036_000_000_000), (9_223_372_037, Int64.max),
    (15_032_385_535, Int64.max), (Int.max, Int64.max), (Int.min, Int64.min),
  ])
  func aTimeThatDoesNotFitIsTheNearestThatDoes(seconds: Int, nanoseconds: Int64) {
    #expect(timespec(tv_sec: seconds, tv_nsec: 0).wholeNanoseconds == nanoseconds)
    _ = timespec(tv_sec: seconds, tv_nsec: 999_999_999).wholeNanoseconds
  }

  @Test func aSpanThatDoesNotFitIsTheLongestThatDoes() {
    #expect(Duration.seconds(-1).wholeNanoseconds == 0)
    #expect(Duration.milliseconds(1_500).wholeNanoseconds == 1_500_000_000)
    #expect(Duration.seconds(Int64.max).wholeNanoseconds == .max)
  }
}
