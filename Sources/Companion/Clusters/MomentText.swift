// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Daemon

/// A moment as people give it: how long ago, or a date with or without a time, in UTC.
enum MomentText {
  /// Microseconds since the epoch; nil when the text is no moment.
  ///
  /// - Parameter now: microseconds since the epoch.
  static func parse(_ text: String, now: Int64) -> Int64? {
    if let moment = LogTime.parse(text.utf8) { return moment }
    guard let ago = DurationText.parse(text) else { return nil }
    return now - Int64(ago / .microseconds(1))
  }
}
