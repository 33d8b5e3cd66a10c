// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A file that takes up the room of a file system.
package struct Ballast {
  private let path: String
  private let directory: String

  package init(in directory: String) {
    self.directory = directory
    path = "\(directory)/ballast"
  }

  /// Takes up all room but about `left` bytes; what it has already stays.
  package func fill(leaving left: Int) throws {
    var status = statvfs()
    guard statvfs(directory, &status) == 0 else { throw SystemCallFailure("statvfs", directory) }
    let free = Int(status.f_bavail) * Int(status.f_frsize)
    guard free > left else { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemCallFailure("open", path) }
    defer { close(descriptor) }
    let held = lseek(descriptor, 0, SEEK_END)
    let code = posix_fallocate(descriptor, held, off_t(free - left))
    guard code == 0 else { throw SystemCallFailure("posix_fallocate", path, code: code) }
  }

  package func makeRoom() throws { try FileSystem.remove(path) }
}
