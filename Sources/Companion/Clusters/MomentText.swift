// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import Posix
internal import Settings

/// A moment as people give it: how long ago, or a date with or without a time, in UTC.
enum MomentText {
  /// Microseconds since the epoch, of a clock that may be set to anything.
  static var now: Int64 {
    let (product, overflow) = Int64(time(nil)).multipliedReportingOverflow(by: 1_000_000)
    return overflow ? .max : product
  }

  /// Microseconds since the epoch; nil when the text is no moment.
  ///
  /// - Parameter now: microseconds since the epoch.
  static func parse(_ text: String, now: Int64) -> Int64? {
    if let moment = LogTime.parse(text.utf8) { return moment }
    guard let ago = DurationText.parse(text) else { return nil }
    return now - Int64(clamping: ago.wholeNanoseconds / 1_000)
  }
}
