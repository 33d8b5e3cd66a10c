// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct ProgressTextTests {
  private func time(_ seconds: Double) -> UInt64 { UInt64(seconds * 1e9) }

  @Test func onceTellsRateAndWhatIsLeft() {
    var text = ProgressText(isOnce: true)
    var status = DaemonStatus()
    status.phase = .running
    #expect(text.line(status, now: time(1)) == "0 documents recorded, 0 skipped")
    status.intake.backlog = 500
    _ = text.line(status, now: time(1))
    status.totals.assigned = 190
    status.totals.skipped = 10
    status.totals.processed = 200
    status.intake.backlog = 300
    #expect(
      text.line(status, now: time(3))
        == "190 documents recorded, 10 skipped, 100/s, at least 300 left (3 s)")
    status.trouble = "cannot write /state: disk full"
    #expect(text.line(status, now: time(3)).hasPrefix("cannot write /state: disk full; 190"))
  }

  @Test func loadingIsToldInBothModes() {
    var status = DaemonStatus()
    status.phase = .loading(done: 3, total: 9)
    for isOnce in [true, false] {
      var text = ProgressText(isOnce: isOnce)
      #expect(text.line(status, now: 0) == "loading index 3/9")
    }
  }

  @Test func aLineNeverWraps() {
    #expect(ProgressText.fitted("12345", columns: 6) == "12345")
    #expect(ProgressText.fitted("123456", columns: 6) == "1234…")
    #expect(ProgressText.fitted("123456", columns: 0) == "…")
  }
}
