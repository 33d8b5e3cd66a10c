// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// A file that takes up the room of a file system.
struct Ballast {
  private let path: String
  private let directory: String

  init(in directory: String) {
    self.directory = directory
    path = "\(directory)/ballast"
  }

  /// Takes up all room but about `left` bytes.
  func fill(leaving left: Int) throws {
    var status = statvfs()
    guard statvfs(directory, &status) == 0 else { throw SystemCallFailure("statvfs", directory) }
    let free = Int(status.f_bavail) * Int(status.f_frsize)
    if free > left { try Tool.run("fallocate", "-l", "\(free - left)", path) }
  }

  func makeRoom() throws { try FileSystem.remove(path) }
}
