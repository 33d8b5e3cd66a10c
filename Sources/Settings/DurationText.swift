// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix

/// Durations as people write them, in the manner of systemd.time(7): "200ms", "5min", "1h 30min".
package enum DurationText {
  private static let nanosecondsPerUnit: [String: Int64] = [
    "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "sec": 1_000_000_000,
    "m": 60_000_000_000, "min": 60_000_000_000, "h": 3_600_000_000_000,
    "d": 86_400_000_000_000, "w": 604_800_000_000_000, "y": 31_557_600_000_000_000,
  ]

  /// The units a duration is written back in, largest first.
  private static let written = ["d", "h", "min", "s", "ms", "us"]

  /// The duration a text stands for, exact to the nanosecond; nil when it is none.
  ///
  /// A number without a unit is none either, "0" excepted: guessing seconds for milliseconds
  /// is a mistake nobody notices.
  package static func parse(_ text: String) -> Duration? {
    if text == "0" { return .zero }
    var reader = QuantityReader(text)
    var total: Int64 = 0
    repeat {
      guard let term = reader.next(units: nanosecondsPerUnit) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(term)
      guard !overflow else { return nil }
      total = sum
    } while !reader.isAtEnd
    return .nanoseconds(total)
  }

  /// The shortest exact text: one unit where one will do, else several.
  package static func render(_ duration: Duration) -> String {
    var rest = Int64(clamping: duration.wholeNanoseconds)
    guard rest != 0 else { return "0" }
    let fitting = written.first { rest % (nanosecondsPerUnit[$0] ?? 1) == 0 }
    if let fitting, let unit = nanosecondsPerUnit[fitting] { return "\(rest / unit)\(fitting)" }
    var terms: [String] = []
    for name in written.dropLast() {
      guard let unit = nanosecondsPerUnit[name], rest >= unit else { continue }
      terms.append("\(rest / unit)\(name)")
      rest %= unit
    }
    if rest > 0 {
      let fraction = String(1_000 + rest % 1_000).dropFirst()
      terms.append("\(rest / 1_000).\(fraction)us")
    }
    return terms.joined(separator: " ")
  }
}
