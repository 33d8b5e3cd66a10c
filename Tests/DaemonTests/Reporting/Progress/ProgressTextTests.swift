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
        == "190 documents recorded, 10 skipped, 100/s, at least 300 left")
    status.trouble = "cannot write /state: disk full"
    #expect(text.line(status, now: time(3)).hasPrefix("cannot write /state: disk full; 190"))
  }

  @Test("once all files are counted, the end is in sight, and members and known files do not count")
  func endInSight() {
    var text = ProgressText(isOnce: true)
    var status = DaemonStatus()
    status.phase = .running
    status.intake.expected = 10_000_000
    status.intake.backlog = 50_000
    _ = text.line(status, now: time(1))
    status.intake.submitted = 1_000_100
    status.inFlight = 100
    status.totals.assigned = 7
    status.totals.skipped = 2
    status.totals.processed = 9
    #expect(
      text.line(status, now: time(101))
        == "1000000 of 10000000 files, 10000/s, 15 min left; 7 recorded, 2 skipped")
    // The rate is that of the last minute.
    for second in 102...200 {
      status.intake.submitted += 1_000
      _ = text.line(status, now: time(Double(second)))
    }
    #expect(text.line(status, now: time(200)).contains(" files, 1000/s, "))
    // Files that came meanwhile count as well.
    status.intake.expected = 1_000
    #expect(text.line(status, now: time(200)).contains(" of 1149100 files, "))
    status.intake.backlog = 0
    status.inFlight = 0
    #expect(text.line(status, now: time(200)).hasPrefix("7 documents recorded, 2 skipped"))
  }

  @Test("members of a container that are under way take nothing off what was done")
  func neverBack() {
    var text = ProgressText(isOnce: true)
    var status = DaemonStatus()
    status.phase = .running
    status.intake.expected = 1_000
    status.intake.submitted = 600
    status.intake.backlog = 400
    status.inFlight = 10
    #expect(text.line(status, now: time(1)).hasPrefix("590 of 1000 files"))
    status.inFlight = 400
    #expect(text.line(status, now: time(11)).hasPrefix("590 of 1000 files, 0/s; "))
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
