// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Glibc

extension timespec {
  /// The time in nanoseconds; the nearest that there is for one before 1677 or after 2262.
  ///
  /// Anybody may give a file such a time (utimensat(2)), so that no arithmetic on it may trap.
  package var wholeNanoseconds: Int64 {
    let (product, isTooFar) = Int64(tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isBeyond) = product.addingReportingOverflow(Int64(tv_nsec))
    if isTooFar || isBeyond { return tv_sec < 0 ? .min : .max }
    return sum
  }
}

extension Duration {
  /// Zero for what is negative, the most there is for what is longer than 584 years.
  package var wholeNanoseconds: UInt64 {
    let (seconds, attoseconds) = max(self, .zero).components
    let (whole, isTooLong) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isBeyond) = whole.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000))
    return isTooLong || isBeyond ? .max : sum
  }
}
