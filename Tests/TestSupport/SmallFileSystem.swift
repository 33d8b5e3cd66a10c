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
}
