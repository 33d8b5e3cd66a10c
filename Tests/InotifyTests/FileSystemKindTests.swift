// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Inotify

@Suite("File system kind", .timeLimit(.minutes(10)))
struct FileSystemKindTests {
  @Test(
    "trusts local file systems", arguments: ["ext4", "xfs", "btrfs", "tmpfs", "zfs", "fuseblk"])
  func local(name: String) {
    #expect(FileSystemKind(name: name).blindSpot == nil)
  }

  @Test(
    "knows where changes come in past the kernel",
    arguments: [
      "nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "ceph", "fuse", "fuse.sshfs", "overlay",
      "unknown",
    ])
  func blind(name: String) throws {
    let kind = FileSystemKind(name: name)
    let reason = try #require(kind.blindSpot)
    #expect(name == "unknown" || reason.hasPrefix("\(name): "))
  }

  @Test("knows where others than this host write")
  func shared() {
    for name in ["nfs", "nfs4", "cifs", "9p", "fuse", "fuse.sshfs"] {
      #expect(FileSystemKind(name: name).changesUnseen, "\(name)")
    }
    for name in ["ext4", "fuseblk", "overlay", "proc", "unknown"] {
      #expect(!FileSystemKind(name: name).changesUnseen, "\(name)")
    }
  }

  @Test("finds the file system of a directory")
  func real() throws {
    #expect(try FileSystemKind.of(directory: Array("/proc".utf8)).name == "proc")
    #expect(try FileSystemKind.of(directory: Array("/".utf8)).name != "unknown")
    let error = #expect(throws: InotifyError.self) {
      try FileSystemKind.of(directory: Array("/missing/directory".utf8))
    }
    #expect(error?.code == .notFound)
  }

  @Test(
    "sees the mount that covers a directory",
    .enabled(if: MountedOver.isPossible, "needs root and mount(2)"))
  func covered() throws {
    let directory = try TemporaryDirectory()
    let mounted = try MountedOver(directory.path)
    #expect(try FileSystemKind.of(directory: Array(mounted.path.utf8)).name == "tmpfs")
  }

  @Test("reads the mount's number out of fdinfo")
  func fdinfo() {
    let text = "pos:\t0\nflags:\t0100000\nmnt_id:\t29\nino:\t2\n"
    #expect(FileSystemKind.mountIdentifier(Array(text.utf8)) == 29)
    #expect(FileSystemKind.mountIdentifier(Array("pos:\t0\n".utf8)) == nil)
    #expect(FileSystemKind.mountIdentifier(Array("mnt_id:\tx\n".utf8)) == nil)
  }
}
