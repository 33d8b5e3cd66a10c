// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Something that is the matter again and again, for hours perhaps: it is told when it begins and
/// when it is over, and counted between.
struct RecurringTrouble {
  /// Without it for so long it is over, in nanoseconds on the monotonic clock.
  private let quiet: UInt64

  /// How often it happened since it began.
  private(set) var count = 0
  private var last: UInt64?

  /// - Parameter quiet: a minute.
  init(quiet: UInt64 = 60_000_000_000) { self.quiet = quiet }

  /// It happened; true when that is to be told.
  mutating func happened(now: UInt64) -> Bool {
    defer { (count, last) = (count + 1, now) }
    return last == nil
  }

  /// How often it happened, told once when it is over; nil when there is nothing to tell.
  mutating func whenOver(now: UInt64) -> Int? {
    guard let end, now >= end else { return nil }
    defer { self = RecurringTrouble(quiet: quiet) }
    return count
  }

  /// When it is over unless it happens again; nil when nothing is the matter.
  var end: UInt64? {
    guard let last else { return nil }
    let (end, isBeyond) = last.addingReportingOverflow(quiet)
    return isBeyond ? .max : end
  }
}
