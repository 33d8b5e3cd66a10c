// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

extension FileSystemCalls {
  /// Gives a file a name that nobody has; EEXIST when somebody has it, also one who came between.
  ///
  /// rename(2) alone takes away what stands under the new name, and a look before it says nothing
  /// of the next moment. Where the file system does not know RENAME_NOREPLACE the name is reserved
  /// by an empty file first, which the rename then replaces: whoever else looks finds it taken.
  package static func renameToNew(
    _ name: [UInt8], in directory: borrowing FileDescriptor, as newName: [UInt8],
    in newDirectory: borrowing FileDescriptor
  ) throws(Errno) {
    let (from, to) = (directory.number, newDirectory.number)
    if let rename = LateCalls.renameat2 {
      do throws(Errno) {
        _ = try retrying {
          withPath(name) { old in
            withPath(newName) { new in rename(from, old, to, new, LateCalls.noReplace) }
          }
        }
        return
      } catch {
        guard [EINVAL, ENOSYS, EOPNOTSUPP].contains(error.number) else { throw error }
      }
    }
    try reserve(newName, in: newDirectory)
    do throws(Errno) {
      _ = try retrying {
        withPath(name) { old in withPath(newName) { new in renameat(from, old, to, new) } }
      }
    } catch {
      _ = withPath(newName) { unlinkat(to, $0, 0) }
      throw error
    }
  }

  private static func reserve(
    _ name: [UInt8], in directory: borrowing FileDescriptor
  ) throws(Errno) {
    typealias OpenAt = (Int32, UnsafePointer<CChar>, Int32, mode_t) -> Int32
    let call: OpenAt = { Glibc.openat($0, $1, $2, $3) }
    let parent = directory.number
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    _ = FileDescriptor(
      owning: try retrying { withPath(name) { call(parent, $0, flags, 0o600) } })
  }

  /// How long a name may be in a directory, in bytes.
  package static func longestName(in directory: borrowing FileDescriptor) -> Int {
    let limit = fpathconf(directory.number, Int32(_PC_NAME_MAX))
    return limit > 0 ? limit : 255
  }
}

/// Calls of libc that its Swift module does not have: it is made without _GNU_SOURCE.
enum LateCalls {
  typealias Renameat2 =
    @convention(c) (
      Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
    ) -> Int32

  /// RENAME_NOREPLACE of <linux/fs.h>.
  static let noReplace: UInt32 = 1

  /// rename(2); nil before glibc 2.28.
  static let renameat2: Renameat2? = dlsym(nil, "renameat2").map {
    unsafeBitCast($0, to: Renameat2.self)
  }
}
