// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// When the journal is told what was processed: at once when the first work is done and after a
/// quiet minute, else once a minute.
///
/// Each document is told of at most a minute after it was processed, also when nothing follows.
struct ProcessedSummary {
  /// In nanoseconds.
  static let interval: UInt64 = 60_000_000_000

  /// What was processed since the last summary.
  struct Difference: Equatable {
    var assigned: Int
    var skipped: Int
    /// The skipped ones by reason.
    var kinds: [SkippedFiles.Kind] = []
  }

  enum Action: Equatable {
    case nothing
    case tell(Difference)
    /// In so many nanoseconds; asked for once.
    case askAgain(UInt64)
  }

  private var told = DaemonStatus.Totals()
  private var hasTold = false
  /// When the next may be told; nil before there was anything to tell.
  private var due: UInt64?
  private var willAsk = false

  /// - Parameter now: nanoseconds on the monotonic clock.
  mutating func consider(_ status: DaemonStatus, now: UInt64) -> Action {
    guard let difference = untold(status.totals) else { return .nothing }
    let due = due ?? now + Self.interval
    self.due = due
    if now >= due || (!hasTold && status.remaining == 0) {
      told = status.totals
      hasTold = true
      self.due = now + Self.interval
      willAsk = false
      return .tell(difference)
    }
    guard !willAsk else { return .nothing }
    willAsk = true
    return .askAgain(due - now)
  }

  /// What was processed and not told of yet; nil when that is nothing.
  ///
  /// A file that was skipped is read again by each scan: without a record that is no news.
  func untold(_ totals: DaemonStatus.Totals) -> Difference? {
    let difference = Difference(
      assigned: totals.assigned - told.assigned, skipped: totals.skipped - told.skipped,
      kinds: totals.skippedFiles.since(told.skippedFiles))
    return difference == Difference(assigned: 0, skipped: 0) ? nil : difference
  }
}
