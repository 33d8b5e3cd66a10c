// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control

/// What a progress line says.
struct ProgressText {
  private static let second: UInt64 = 1_000_000_000
  private static let window = 60 * second

  let isOnce: Bool
  private var watching = StatusText()
  /// How many were done at moments of the last minute, the earliest first.
  private var earlier: [(done: Int, time: UInt64)] = []
  private var mostDone = 0

  init(isOnce: Bool) { self.isOnce = isOnce }

  /// - Parameter now: nanoseconds on the monotonic clock.
  mutating func line(_ status: DaemonStatus, now: UInt64) -> String {
    guard isOnce, case .running = status.phase else { return watching.line(status, now: now) }
    let (totals, intake) = (status.totals, status.intake)
    // A file may hold several documents, and one that is known already is done without a record.
    // While a container's members are under way more is in flight than files: what was done stays.
    mostDone = max(
      mostDone, intake.submitted > 0 ? intake.submitted - status.inFlight : totals.processed)
    let done = mostDone
    let rate = done > 0 || status.remaining > 0 ? rate(done, now: now) : nil
    let recorded = "\(totals.assigned) recorded, \(totals.skipped) skipped"
    var text = "\(CountText.documents(totals.assigned)) recorded, \(totals.skipped) skipped"
    if let expected = intake.expected, status.remaining > 0 {
      let all = max(expected, intake.submitted + intake.backlog)
      text = "\(done) of \(CountText.files(all))"
      if let rate {
        text += ", \(Int(rate.rounded()))/s"
        if rate > 0 { text += ", \(StatusText.time(Double(all - done) / rate)) left" }
      }
      text += "; \(recorded)"
    } else {
      if let rate { text += ", \(Int(rate.rounded()))/s" }
      if status.remaining > 0 { text += ", at least \(status.remaining) left" }
    }
    return status.trouble.map { "\($0); \(text)" } ?? text
  }

  /// By what was done in the last minute: what is known already is passed over faster than what
  /// is new. Nil before that can be told.
  private mutating func rate(_ done: Int, now: UInt64) -> Double? {
    while earlier.count > 1, now - earlier[1].time >= Self.window { earlier.removeFirst() }
    guard let last = earlier.last, let first = earlier.first else {
      earlier = [(done, now)]
      return nil
    }
    if now - last.time >= Self.second { earlier.append((done, now)) }
    let seconds = Double(now - first.time) / 1e9
    return seconds < 0.2 ? nil : Double(done - first.done) / seconds
  }

  /// Cut to the width of the terminal: a line that wraps could not be written over.
  static func fitted(_ text: String, columns: Int) -> String {
    text.count < columns ? text : text.prefix(max(columns - 2, 0)) + "…"
  }
}
