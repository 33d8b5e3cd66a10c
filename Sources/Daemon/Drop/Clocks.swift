// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// The two clocks: the monotonic one for waiting, the wall clock for what people read.
enum Clocks {
  /// Nanoseconds since boot, sleep included; never set back (clock_gettime(2)).
  static func monotonic() -> UInt64 { UInt64(bitPattern: read(CLOCK_BOOTTIME)) }

  /// Nanoseconds since the epoch.
  static func wall() -> Int64 { read(CLOCK_REALTIME) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var now = timespec()
    clock_gettime(clock, &now)
    return now.wholeNanoseconds
  }
}

extension timespec {
  /// The time in nanoseconds; the nearest that there is for one before 1677 or after 2262.
  ///
  /// Anybody may give a file such a time (utimensat(2)), so that no arithmetic on it may trap.
  var wholeNanoseconds: Int64 {
    let (product, isTooFar) = Int64(tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isBeyond) = product.addingReportingOverflow(Int64(tv_nsec))
    if isTooFar || isBeyond { return tv_sec < 0 ? .min : .max }
    return sum
  }
}
