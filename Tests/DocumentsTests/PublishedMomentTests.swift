// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct PublishedMomentTests {
  private static let second: Int64 = 1_000_000
  /// 2026-11-30T18:00:00Z
  private static let arrived: Int64 = 1_796_061_600 * second

  /// The seconds are those of `date -u -d TEXT +%s`.
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-30T18:00:00Z", 1_796_061_600),
      ("2024-02-29T23:59:59Z", 1_709_251_199), ("2000-02-29", 951_825_600),
      ("1899-12-31T12:30:00Z", -2_209_030_200), ("1605-07-01", -11_502_561_600),
      ("9999-12-31T23:59:59Z", 253_402_300_799),
    ] as [(String, Int64)])
  func aMomentIsCounted(_ text: String, _ seconds: Int64) {
    #expect(PublishedMoment(text)?.microseconds == seconds * Self.second)
  }

  @Test(arguments: ["", "yesterday", "2026-13-01", "2026-02-30", "0000-00-00"])
  func whatIsNoTimeIsNone(_ text: String) {
    #expect(PublishedMoment(text) == nil)
  }

  @Test(
    arguments: [
      ("2026-11-30T17:00:00Z", true), ("2026-11-30", true), ("2026-12-01", true),
      ("2026-12-01T18:00:00Z", true), ("2026-12-01T18:00:01Z", false), ("2027-01-01", false),
      ("9999-12-31", false), ("1815-06-22", true), ("1600-01-01", true), ("1599-12-31", false),
      ("1000-01-01", false), ("1970-01-01", false), ("1970-01-01T00:00:00Z", false),
      ("1969-12-31T19:00:00Z", false), ("1970-01-01T14:00:00Z", false),
      ("1970-01-01T14:00:01Z", true), ("1900-01-01T00:00:00Z", false),
      ("1980-01-01T00:00:00Z", false), ("2000-01-01T00:00:00Z", true),
    ])
  func whatCannotBeIsTold(_ text: String, _ isPlausible: Bool) throws {
    let moment = try #require(PublishedMoment(text))
    #expect(moment.isPlausible(arrived: Self.arrived) == isPlausible)
  }
}
