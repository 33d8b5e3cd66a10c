// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Quantities as people read them, with their units; not for programs.
enum Quantity {
  /// "12 s", "5 min", "3 h 20 min", "12 d 4 h".
  static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.down))
    let (minutes, hours, days) = (whole / 60, whole / 3_600, whole / 86_400)
    if whole < 120 { return "\(whole) s" }
    if hours < 2 { return "\(minutes) min" }
    if days < 2 { return "\(hours) h \(minutes % 60) min" }
    return "\(days) d \(hours % 24) h"
  }

  /// "0.8 ms", "15 ms", "1.2 s".
  static func duration(_ seconds: Double) -> String {
    if seconds < 1 {
      let milliseconds = seconds * 1_000
      return milliseconds < 10 ? "\(tenths(milliseconds)) ms" : "\(Int(milliseconds.rounded())) ms"
    }
    return seconds < 120 ? "\(tenths(seconds)) s" : time(seconds)
  }

  /// "512 B", "1.5 MiB".
  static func bytes(_ count: Int) -> String {
    var value = Double(count)
    var unit = "B"
    for next in ["KiB", "MiB", "GiB", "TiB"] where value >= 1_024 {
      value /= 1_024
      unit = next
    }
    return unit == "B" ? "\(count) B" : "\(tenths(value)) \(unit)"
  }

  /// "310/s".
  static func rate(_ perSecond: Double) -> String {
    perSecond > 0 && perSecond < 10 ? "\(tenths(perSecond))/s" : "\(Int(perSecond.rounded()))/s"
  }

  private static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
