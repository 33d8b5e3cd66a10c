// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

extension StateFiles {
  /// FS_IOC_GETFLAGS, FS_IOC_SETFLAGS and FS_NOCOW_FL of <linux/fs.h>.
  private static let (getFlags, setFlags): (UInt, UInt) = (0x8008_6601, 0x4008_6602)
  private static let notCopied: Int32 = 0x0080_0000

  /// Makes the index that SQLite has of its write-ahead log, so that a full disk is an error.
  ///
  /// SQLite writes to this file in memory. On btrfs each of its blocks goes to a new place then,
  /// and where there is no room the process ends by SIGBUS. A file that was given a flag while it
  /// was empty (ioctl_iflags(2)) is written where it is. Database and log are written to by system
  /// calls, which say that there is no room, and keep their checksums.
  ///
  /// To be called before SQLite opens the database, which takes the file as it is. Where the file
  /// system has no such flag, as most, there is no need for it and nothing is left behind.
  func prepareLogIndex() {
    var like = stat()
    guard Self.withPath(database, { stat($0, &like) }) == 0 else { return }
    let index = database + "-shm".utf8
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let file = Self.withPath(index) { Glibc.open($0, flags, like.st_mode & 0o666) }
    guard file >= 0 else { return }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_size == 0 else { return }
    var attributes: Int32 = 0
    if ioctl(file, Self.getFlags, &attributes) == 0 {
      attributes |= Self.notCopied
      // As SQLite makes it, whatever the umask.
      if ioctl(file, Self.setFlags, &attributes) == 0, fchmod(file, like.st_mode & 0o666) == 0 {
        return
      }
    }
    _ = Self.withPath(index) { unlink($0) }
  }
}
