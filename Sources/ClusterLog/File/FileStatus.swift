// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// What stat(2) says about a log file, as far as rotation and recovery ask.
struct FileStatus: Equatable {
  let device: UInt64
  let inode: UInt64
  /// In bytes.
  let size: Int
  let isRegular: Bool
  /// Nanoseconds since the epoch.
  let modified: Int64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    modified = Self.nanoseconds(status.st_mtim)
  }

  /// The nearest that there is for a time before 1677 or after 2262, which any file may have.
  static func nanoseconds(_ time: timespec) -> Int64 {
    let (product, isTooFar) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isBeyond) = product.addingReportingOverflow(Int64(time.tv_nsec))
    if isTooFar || isBeyond { return time.tv_sec < 0 ? .min : .max }
    return sum
  }

  /// Looks at a name without following a link.
  init(path: [UInt8]) throws(SystemError) {
    var result = stat()
    let answer = withPath(path) { lstat($0, &result) }
    guard answer == 0 else { throw SystemError("lstat") }
    self.init(result)
  }

  /// Looks at what a name stands for; a link is followed.
  init(following path: [UInt8]) throws(SystemError) {
    var result = stat()
    let answer = withPath(path) { stat($0, &result) }
    guard answer == 0 else { throw SystemError("stat") }
    self.init(result)
  }

  func isSameFile(as other: Self) -> Bool { device == other.device && inode == other.inode }
}
