// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import ClusterLog

@Suite(.timeLimit(.minutes(10)))
struct LogTimeTests {
  @Test(
    "a time comes back",
    arguments: [
      0, 1, -1, 951_782_400_000_000, 1_795_289_400_000_123, 253_402_300_799_999_999,
      4_107_542_400_000_000,
    ] as [Int64])
  func inverse(_ microseconds: Int64) {
    #expect(LogTime.parse(LogTime.text(microseconds).utf8) == microseconds)
  }

  @Test("every day of 400 years comes back")
  func days() {
    for day in Int64(0)..<146_097 {
      let time = day * 86_400_000_000
      #expect(LogTime.parse(LogTime.text(time).prefix(10).utf8) == time)
    }
  }

  @Test(
    "dates with and without times are understood",
    arguments: [
      ("1970-01-02", 86_400_000_000), ("1970-01-01T00:01", 60_000_000),
      ("1970-01-01 00:00:01", 1_000_000), ("1970-01-01T00:00:01.5Z", 1_500_000),
      ("1970-01-01T00:00:00Z", 0),
    ] as [(String, Int64)])
  func forms(_ text: String, _ microseconds: Int64) {
    #expect(LogTime.parse(text.utf8) == microseconds)
  }

  @Test(
    "what is no moment is none",
    arguments: [
      "", "2026", "2026-13-01", "2026-02-29", "2026-00-10", "2026-01-01T", "2026-01-01T24:00",
      "2026-01-01T10", "2026-01-01T10:00:00.1234567Z", "2026-01-01T10:00:00+01:00", "1h",
    ])
  func refusals(_ text: String) { #expect(LogTime.parse(text.utf8) == nil) }
}
