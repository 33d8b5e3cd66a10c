// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control

/// What a progress line says.
struct ProgressText {
  let isOnce: Bool
  private var watching = StatusText()
  /// How many were processed when the work began, and when.
  private var start: (processed: Int, time: UInt64)?

  init(isOnce: Bool) { self.isOnce = isOnce }

  /// - Parameter now: nanoseconds on the monotonic clock.
  mutating func line(_ status: DaemonStatus, now: UInt64) -> String {
    guard isOnce, case .running = status.phase else { return watching.line(status, now: now) }
    let totals = status.totals
    var text = "\(CountText.documents(totals.assigned)) recorded, \(totals.skipped) skipped"
    if let start {
      let seconds = Double(now - start.time) / 1e9
      let rate = Double(totals.processed - start.processed) / max(seconds, 0.001)
      if seconds >= 0.2 { text += ", \(Int(rate.rounded()))/s" }
      if status.remaining > 0 { text += ", at least \(status.remaining) left" }
      if seconds >= 1, rate > 0, status.remaining > 0 {
        text += " (\(StatusText.time(Double(status.remaining) / rate)))"
      }
    } else if totals.processed > 0 || status.remaining > 0 {
      start = (totals.processed, now)
    }
    return status.trouble.map { "\($0); \(text)" } ?? text
  }

  /// Cut to the width of the terminal: a line that wraps could not be written over.
  static func fitted(_ text: String, columns: Int) -> String {
    text.count < columns ? text : text.prefix(max(columns - 2, 0)) + "…"
  }
}
