// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ReportTextTests {
  @Test(
    arguments: [
      (0, "0 %"), (0.0001, "<1 %"), (0.5, "50 %"), (0.999, "99 %"), (1, "100 %"),
    ] as [(Double, String)])
  func share(_ share: Double, _ text: String) { #expect(ReportText.share(share) == text) }

  @Test(
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")])
  func count(_ count: Int, _ text: String) { #expect(ReportText.count(count) == text) }

  @Test func times() {
    #expect(ReportText.time(Records.start) == "2026-11-21 19:30:00")
    #expect(ReportText.times(Records.start, Records.start + 5) == "2026-11-21 19:30:00")
    #expect(
      ReportText.times(Records.start, Records.start + 1_000_000)
        == "2026-11-21 19:30:00 to 2026-11-21 19:30:01")
    #expect(ReportText.measure(0.005) == "0.01")
    #expect(ReportText.measure(1) == "1.00")
  }
}
