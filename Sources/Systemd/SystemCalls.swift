// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import CSystemd
import Glibc

/// The calls of libc and libsystemd: errno is saved at once, EINTR is retried here alone.
enum SystemCalls {
  // MARK: libsystemd

  /// sd_notify(3): positive when sent, 0 without a socket, else a negative errno.
  static func notify(_ state: String) -> Int32 {
    sd_notify(0, state)
  }

  /// sd_watchdog_enabled(3): the interval in microseconds; nil when it is not asked for.
  static func watchdogMicroseconds() -> UInt64? {
    var microseconds: UInt64 = 0
    return sd_watchdog_enabled(0, &microseconds) > 0 ? microseconds : nil
  }

  /// sd_journal_sendv(3) of fields that lie one after another in `bytes`; 0 or a negative errno.
  static func journalSend(_ bytes: [UInt8], fields: [Range<Int>]) -> Int32 {
    // libsystemd answers 0 and drops the entry when the socket does not exist, so look first.
    if access("/run/systemd/journal/socket", F_OK) != 0 { return -errno }
    return bytes.withUnsafeBytes { memory in
      let vectors = fields.map { field in
        let start = memory.baseAddress?.advanced(by: field.lowerBound)
        return iovec(iov_base: UnsafeMutableRawPointer(mutating: start), iov_len: field.count)
      }
      return sd_journal_sendv(vectors, Int32(vectors.count))
    }
  }

  // MARK: libc

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Device and inode of an open descriptor; nil when it is closed.
  static func identity(of descriptor: Int32) -> (device: UInt64, inode: UInt64)? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    return (UInt64(status.st_dev), UInt64(status.st_ino))
  }

  static func monotonicMicroseconds() -> UInt64 {
    var now = timespec()
    _ = clock_gettime(CLOCK_MONOTONIC, &now)
    let (whole, overflow) = UInt64(clamping: now.tv_sec).multipliedReportingOverflow(by: 1_000_000)
    return overflow ? .max : whole + UInt64(clamping: now.tv_nsec) / 1000
  }

  static func wallClock() -> Duration {
    var now = timespec()
    _ = clock_gettime(CLOCK_REALTIME, &now)
    return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
  }

  /// Year, month, day, hour, minute, second in UTC.
  static func civilTime(_ sinceEpoch: Int64) -> [Int] {
    var seconds = time_t(sinceEpoch)
    var parts = tm()
    _ = gmtime_r(&seconds, &parts)
    return [
      Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday),
      Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec),
    ]
  }
}
