// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix

/// What tells a directory from any other, however its name is spelt and whatever links lead to it.
struct DirectoryIdentity: Hashable, Sendable {
  /// st_dev and st_ino of stat(2).
  var device: UInt64
  var inode: UInt64

  init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

  init(_ status: stat) {
    self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  /// nil for what is not there.
  init?(at path: [UInt8]) {
    var status = stat()
    guard FileSystemCalls.withPath(path, { stat($0, &status) }) == 0 else { return nil }
    self.init(status)
  }

  init(of directory: borrowing FileDescriptor) throws(Errno) {
    self.init(try FileSystemCalls.status(of: directory))
  }
}

extension DirectoryIdentity {
  /// No path of the kernel is deeper than this.
  private static let deepest = 4_096

  /// A directory and all that it lies in, up to the root, as far as one may go.
  ///
  /// By ".." from one to the next, which is the way that the tree has and not the one that a path
  /// with links in it takes.
  static func chain(from directory: borrowing FileDescriptor) throws(Errno) -> [DirectoryIdentity] {
    var chain = [try DirectoryIdentity(of: directory)]
    let above = Array("..".utf8)
    guard var next = try? FileSystemCalls.openAt(directory, above, FileSystemCalls.pathFlags) else {
      return chain
    }
    while chain.count < Self.deepest {
      let identity = try DirectoryIdentity(of: next)
      // The root is its own parent; so is what the file system does not tell apart.
      if identity == chain.last { break }
      chain.append(identity)
      guard let parent = try? FileSystemCalls.openAt(next, above, FileSystemCalls.pathFlags) else {
        break
      }
      next = parent
    }
    return chain
  }
}
