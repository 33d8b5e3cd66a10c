// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A point on CLOCK_MONOTONIC by which something must have happened; tests never wait without.
package struct MonotonicDeadline: Sendable {
  private let nanoseconds: UInt64

  /// Everything takes several times as long under a sanitizer (scripts/sanitize).
  private static let patience =
    getenv("TSAN_OPTIONS") != nil || getenv("ASAN_OPTIONS") != nil ? 8.0 : 1

  /// The deadline that many seconds from now, later under a sanitizer.
  package init(seconds: Double) {
    nanoseconds = Self.now() + UInt64(seconds * Self.patience * 1e9)
  }

  /// CLOCK_MONOTONIC in microseconds, the unit of systemd's MONOTONIC_USEC.
  package static func microseconds() -> UInt64 { now() / 1000 }

  package var hasPassed: Bool { Self.now() >= nanoseconds }

  /// Seconds that are left, 0 when none are.
  package var secondsLeft: Double {
    let now = Self.now()
    return now >= nanoseconds ? 0 : Double(nanoseconds - now) / 1e9
  }

  /// What is left as a timeout for poll(2), rounded up and at most `most` milliseconds.
  package func pollTimeout(most: Int32 = .max) -> Int32 {
    Int32(min(Double(most), (secondsLeft * 1000).rounded(.up)))
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
