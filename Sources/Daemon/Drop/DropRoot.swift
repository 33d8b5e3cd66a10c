// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The state of one drop directory as the intake sees it.
struct DropRoot {
  enum Mode: Equatable {
    /// inotify reports everything.
    case watching
    /// Scanned again and again, with the reason.
    case polling(reason: String)
    /// Not there, or not readable: looked for every second.
    case missing(reason: String)
  }

  let number: Int
  /// Absolute, raw bytes.
  let path: [UInt8]
  var mode: Mode = .missing(reason: "not looked at yet")
  /// Device and inode of the directory that is watched: another one under the same name means
  /// that it was replaced or mounted over.
  var device: UInt64 = 0
  var inode: UInt64 = 0
  /// Why polling is needed besides the file system's kind: a watch could not be had.
  var watchFailure: String?
  /// Whether others than this host may write here (`FileSystemKind.changesUnseen`).
  var changesUnseen = false

  var scan: DirectoryScanner?
  /// Another scan is due when the present one ends.
  var scanAgain = false
  /// When to scan again because the machine was short of something; nil when it was not.
  var retryScan: UInt64?
  /// When the next scan is due, on the monotonic clock; nil for never.
  var nextScan: UInt64?
  /// Not before this: scans that overflows ask for must not take all the time there is.
  var earliestScan: UInt64 = 0
  var scanStarted: UInt64 = 0
  /// A search for files that were deleted, where deletions count.
  var sweep: DeletionSweep?

  var name: String { RelativePath.forDisplay(path) }

  var isMissing: Bool { if case .missing = mode { true } else { false } }
}
