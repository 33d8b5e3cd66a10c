// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct ProcessedSummaryTests {
  private let interval = ProcessedSummary.interval

  private func status(assigned: Int, skipped: Int = 0, remaining: Int = 0) -> DaemonStatus {
    var status = DaemonStatus()
    status.totals.assigned = assigned
    status.totals.skipped = skipped
    status.totals.processed = assigned + skipped
    status.inFlight = remaining
    return status
  }

  @Test func nothingProcessedIsNothingToTell() {
    var summary = ProcessedSummary()
    #expect(summary.consider(status(assigned: 0), now: 5) == .nothing)
    #expect(summary.untold(status(assigned: 0).totals) == nil)
  }

  /// Each scan reads skipped files again; a file that was deleted is no document either.
  @Test func workWithoutARecordOfItsKindIsNothingToTell() {
    var summary = ProcessedSummary()
    var status = status(assigned: 2)
    status.totals.processed += 1
    #expect(summary.consider(status, now: 5) == .tell(.init(assigned: 2, skipped: 0)))
    status.totals.processed += 1
    #expect(summary.consider(status, now: 6) == .nothing)
    #expect(summary.consider(status, now: 5 + 2 * interval) == .nothing)
    #expect(summary.untold(status.totals) == nil)
  }

  @Test func theFirstWorkIsToldOfWhenItIsDone() {
    var summary = ProcessedSummary()
    #expect(
      summary.consider(status(assigned: 2, remaining: 3), now: 1_000) == .askAgain(interval))
    #expect(
      summary.consider(status(assigned: 4, skipped: 1), now: 2_000)
        == .tell(.init(assigned: 4, skipped: 1)))
  }

  @Test func longWorkIsToldOfOnceAMinute() {
    var summary = ProcessedSummary()
    _ = summary.consider(status(assigned: 1, remaining: 9), now: 0)
    #expect(
      summary.consider(status(assigned: 500, remaining: 9), now: interval)
        == .tell(.init(assigned: 500, skipped: 0)))
    #expect(
      summary.consider(status(assigned: 700, remaining: 9), now: interval + 7)
        == .askAgain(interval - 7))
    #expect(
      summary.consider(status(assigned: 900, remaining: 9), now: 2 * interval)
        == .tell(.init(assigned: 400, skipped: 0)))
  }

  @Test func whatComesSoonAfterASummaryIsToldOfThoughNothingFollows() {
    var summary = ProcessedSummary()
    _ = summary.consider(status(assigned: 1), now: 0)
    let later = status(assigned: 2)
    #expect(summary.consider(later, now: 10) == .askAgain(interval - 10))
    // Asked for once, however often the status changes meanwhile.
    #expect(summary.consider(later, now: 20) == .nothing)
    #expect(
      summary.consider(later, now: interval) == .tell(.init(assigned: 1, skipped: 0)))
    #expect(summary.consider(later, now: 9 * interval) == .nothing)
  }

  @Test func skippedFilesAreToldByReasonWithTheLatestAsAnExample() {
    var summary = ProcessedSummary()
    var status = status(assigned: 0)
    func skip(_ reason: SkipReason, _ path: String) {
      status.totals.skipped += 1
      status.totals.skippedFiles.count(reason, Array(path.utf8))
    }
    func kind(_ reason: SkipReason, _ files: Int, _ path: String) -> SkippedFiles.Kind {
      .init(reason: reason, files: files, example: Array(path.utf8))
    }
    skip(.empty, "a")
    skip(.unreadable, "b")
    skip(.unreadable, "c")
    #expect(
      summary.consider(status, now: 0)
        == .tell(
          .init(
            assigned: 0, skipped: 3, kinds: [kind(.unreadable, 2, "c"), kind(.empty, 1, "a")])))
    skip(.empty, "d")
    #expect(summary.consider(status, now: 1) == .askAgain(interval - 1))
    skip(.empty, "e")
    #expect(
      summary.consider(status, now: interval)
        == .tell(.init(assigned: 0, skipped: 2, kinds: [kind(.empty, 2, "e")])))
  }

  @Test func theEndLeavesNothingUntold() {
    var summary = ProcessedSummary()
    _ = summary.consider(status(assigned: 1), now: 0)
    #expect(
      summary.untold(status(assigned: 3, skipped: 1).totals) == .init(assigned: 2, skipped: 1))
  }
}
