// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix

/// What tells one state of a file from another without reading it (stat(2)).
///
/// The inode alone is not enough, since numbers are used again; the modification time alone is
/// not either, since `cp -p` sets it. The change time cannot be set by a writer.
package struct FileIdentity: Hashable, Sendable {
  /// The number of the file system, st_dev.
  package var device: UInt64
  /// The number of the file on it, st_ino.
  package var inode: UInt64
  /// In bytes.
  package var size: Int64
  /// Nanoseconds since the epoch, on the wall clock.
  package var modified: Int64
  /// Nanoseconds since the epoch, on the wall clock.
  package var changed: Int64

  /// Puts together what stat(2) said; times in nanoseconds since the epoch.
  package init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }
}

extension FileIdentity {
  init(_ status: stat) {
    self.init(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
      modified: status.st_mtim.wholeNanoseconds, changed: status.st_ctim.wholeNanoseconds)
  }

  /// That of a file that could not be looked at; no file on a disk has inode 0.
  static let unknown = FileIdentity(device: 0, inode: 0, size: 0, modified: 0, changed: 0)

  /// The same file with the same content stamp; permissions and link count may differ.
  func hasSameContentStamp(as other: FileIdentity) -> Bool {
    device == other.device && inode == other.inode && size == other.size
      && modified == other.modified
  }
}
