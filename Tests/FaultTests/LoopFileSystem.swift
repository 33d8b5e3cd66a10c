// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// A file system of a test's own in an image file, for power cuts, full disks and frozen disks.
final class LoopFileSystem: Sendable {
  let path: String
  private let directory: TemporaryDirectory
  private let image: String
  private let kind: Kind

  enum Kind: String, CaseIterable {
    case ext4, btrfs, xfs

    /// The least that there can be of it, in megabytes.
    fileprivate var least: Int {
      switch self {
      case .ext4: 8
      case .btrfs: 120
      case .xfs: 320
      }
    }

    fileprivate var options: [String] {
      switch self {
      case .ext4: ["-q", "-F", "-m", "0"]
      case .btrfs, .xfs: ["-q", "-f"]
      }
    }

    /// Whether the tool and the kernel have it.
    var isPossible: Bool {
      guard Tool.isThere("mkfs.\(rawValue)"), Faults.isPrivileged else { return false }
      return (try? LoopFileSystem(megabytes: least, self)) != nil
    }
  }

  init(megabytes: Int, _ kind: Kind = .ext4) throws {
    self.kind = kind
    directory = try TemporaryDirectory()
    path = try directory.makeDirectory("mounted")
    image = directory.path("image")
    try FileSystem.write([], to: image)
    try FileSystem.truncate(image, to: max(megabytes, kind.least) << 20)
    try Tool.run("mkfs.\(kind.rawValue)", kind.options + [image])
    try attach()
  }

  deinit {
    try? thaw()
    _ = umount2(path, Int32(MNT_DETACH))
  }

  func path(_ relative: String) -> String { "\(path)/\(relative)" }

  /// Cuts the power: from now on all calls fail, and nothing that was not synced is on the disk.
  ///
  /// EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH (linux/ext4.h).
  func cutPower() throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY)
    guard descriptor >= 0 else { throw SystemCallFailure("open", path) }
    defer { close(descriptor) }
    var flag: UInt32 = 2
    guard ioctl(descriptor, 0x8004_587d, &flag) == 0 else {
      throw SystemCallFailure("ioctl", path)
    }
  }

  /// Brings it back as a boot does: the journal is replayed.
  ///
  /// From a copy of the image: a mount namespace that somebody else made meanwhile may hold the
  /// old mount, and with it the file system that was shut down, which a new mount would share.
  func mountAgain() throws {
    guard umount2(path, Int32(MNT_DETACH)) == 0 else { throw SystemCallFailure("umount2", path) }
    try Tool.run("cp", "--sparse=always", image, image + ".copy")
    try FileSystem.rename(image + ".copy", to: image)
    try attach()
  }

  func freeze() throws { try Tool.run("fsfreeze", "--freeze", path) }
  func thaw() throws { try Tool.run("fsfreeze", "--unfreeze", path) }

  private func attach() throws {
    try Tool.run("mount", "-t", kind.rawValue, "-o", "loop", image, path)
  }
}
