// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A tmpfs of a few pages, for disks that are really full; needs the right to mount.
package final class SmallFileSystem: Sendable {
  package let path: String
  private let directory: TemporaryDirectory

  /// Whether this process may mount one.
  package static let isPossible = (try? SmallFileSystem(kilobytes: 64)) != nil

  package init(kilobytes: Int) throws {
    directory = try TemporaryDirectory()
    path = try directory.makeDirectory("small")
    guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
      throw SystemCallFailure("mount", path)
    }
  }

  deinit {
    _ = umount2(path, Int32(MNT_DETACH))
  }

  /// The path of something in it.
  package func path(_ relative: String) -> String {
    "\(path)/\(relative)"
  }

  /// Takes up room until at most `left` bytes, in whole pages, are free.
  package func fill(leaving left: Int) throws {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { throw SystemCallFailure("statvfs", path) }
    let free = Int(status.f_bavail) * Int(status.f_frsize)
    guard free > left else { return }
    try FileSystem.write(repeatElement(0, count: free - left), to: path("ballast"))
  }

  /// Gives the room back.
  package func makeRoom() throws {
    try FileSystem.remove(path("ballast"))
  }
}
