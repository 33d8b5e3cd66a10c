// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// The two clocks: the monotonic one for waiting, the wall clock for what people read.
package enum Clocks {
  /// Nanoseconds since boot, sleep included; never set back (clock_gettime(2)).
  package static func monotonic() -> UInt64 { UInt64(bitPattern: read(CLOCK_BOOTTIME)) }

  /// Nanoseconds since the epoch.
  package static func wall() -> Int64 { read(CLOCK_REALTIME) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var now = timespec()
    clock_gettime(clock, &now)
    return now.wholeNanoseconds
  }
}
