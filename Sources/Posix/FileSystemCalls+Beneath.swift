// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

extension FileSystemCalls {
  /// Opens a directory below another by its relative path, following no link on the way; the
  /// directory itself for the empty path.
  ///
  /// By openat2(2) with RESOLVE_NO_SYMLINKS, a few calls however deep it is; where the kernel or a
  /// filter of system calls does not have that, component by component with O_NOFOLLOW.
  package static func openDirectory(
    _ path: [UInt8], below root: consuming FileDescriptor
  ) throws(Errno) -> FileDescriptor {
    if path.isEmpty { return root }
    return try openDirectory(path, startingAt: root)
  }

  /// The same without giving the first directory away; the path is not empty.
  package static func openDirectory(
    _ path: [UInt8], startingAt root: borrowing FileDescriptor
  ) throws(Errno) -> FileDescriptor {
    var rest = RelativePath.components(path)[...]
    var directory = try openPart(nextPart(&rest), below: root)
    while !rest.isEmpty { directory = try openPart(nextPart(&rest), below: directory) }
    return directory
  }

  private static func nextPart(_ rest: inout ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
    var part: [UInt8] = []
    while let next = rest.first, part.isEmpty || part.count + 1 + next.count <= longestPart {
      part = RelativePath.joined(part, next)
      rest = rest.dropFirst()
    }
    return part
  }

  /// Below PATH_MAX, which holds for one call.
  private static let longestPart = 4_000

  private static func openPart(
    _ path: [UInt8], below directory: borrowing FileDescriptor
  ) throws(Errno) -> FileDescriptor {
    let parent = directory.number
    if let call = LateCalls.openat2 {
      do throws(Errno) {
        return FileDescriptor(
          owning: try retrying { withPath(path) { call(parent, $0, directoryFlags) } })
      } catch {
        switch error.number {
        // As O_NOFOLLOW and O_DIRECTORY say it of a link.
        case ELOOP: throw Errno(number: ENOTDIR)
        // EPERM is how filters of system calls refuse.
        case ENOSYS, EPERM, E2BIG, EINVAL: break
        default: throw error
        }
      }
    }
    var components = RelativePath.components(path)[...]
    guard let first = components.popFirst() else { throw .notFound }
    var current = try openAt(directory, first, directoryFlags)
    for component in components { current = try openAt(current, component, directoryFlags) }
    return current
  }
}

extension LateCalls {
  typealias Openat2 = @Sendable (Int32, UnsafePointer<CChar>, Int32) -> Int32

  /// openat2(2), which glibc has no wrapper for.
  static let openat2: Openat2? = dlsym(nil, "syscall").map { symbol in
    typealias SystemCall =
      @convention(c) (Int, Int, UnsafePointer<CChar>, UnsafeRawPointer, Int) -> Int
    let call = unsafeBitCast(symbol, to: SystemCall.self)
    // The same number on all machines since they were unified.
    let number = 437
    // RESOLVE_NO_MAGICLINKS and RESOLVE_NO_SYMLINKS of <linux/openat2.h>.
    let resolve: UInt64 = 0x02 | 0x04
    return { directory, path, flags in
      // struct open_how: flags, mode, resolve.
      let how: (UInt64, UInt64, UInt64) = (UInt64(UInt32(bitPattern: flags)), 0, resolve)
      return withUnsafeBytes(of: how) { how in
        guard let start = how.baseAddress else { return -1 }
        return Int32(truncatingIfNeeded: call(number, Int(directory), path, start, how.count))
      }
    }
  }
}
