// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix

/// What the intake asks of a worker.
struct FileJob: Sendable {
  enum Work: Sendable {
    /// Read the file and fingerprint it.
    case read
    /// The file was deleted or moved away, and deletions count (`on-delete = "forget"`).
    case forget
  }

  var key: DroppedFile
  var work: Work = .read
  /// Whether somebody may still have the file open for writing, which the reader then checks.
  var mayBeOpen = false
  /// Whether the file must not have been written for as long as settling takes: it came by events
  /// that tell when it was closed, of which later ones may be lost.
  var mustBeQuiet = false
  /// Whether others than this host may write it (`FileSystemKind.changesUnseen`).
  var changesUnseen = false
  /// Found by a scan, so that it may well be recorded already, which is looked up first.
  var mayBeRecorded = false
  /// Device and inode of the drop directory that it was seen in; nil when that does not matter.
  var root: (device: UInt64, inode: UInt64)?
  /// How often in a row the file was found open or changing.
  var attempts = 0
  /// Whether an event said that it was written, and none since that it was closed.
  var awaitsClose = false
  /// How it was found the last time, where only time tells whether it is complete.
  var seen: SeenFile?
  /// When the settled file was taken in, nanoseconds on the monotonic clock.
  var arrived = Clocks.monotonic()

  var signs: WritingSigns {
    WritingSigns(mayBeOpen: mayBeOpen, awaitsClose: awaitsClose, changesUnseen: changesUnseen)
  }
}
