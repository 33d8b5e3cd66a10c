// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

extension ClusterLogFile {
  /// Keeps every other daemon from writing to the file, whatever name it has for it; flock(2).
  ///
  /// The lock is on the file itself: it goes with it when it is renamed, and ends with the process.
  /// Call it before `recover`, which may cut the file. Where the file system has no locks, the one
  /// on the state directory is all there is.
  package mutating func lock() throws(ClusterLogError) {
    do throws(SystemError) {
      try descriptor.lock()
    } catch {
      switch error.number {
      case EWOULDBLOCK: throw .held(path, by: FileLocks.holder(of: identity))
      case ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL: return
      default: throw ClusterLogError(error, path: path)
      }
    }
    isLocked = true
  }
}

/// The locks of the machine as the kernel tells of them, /proc/locks (proc(5)).
enum FileLocks {
  /// The process that has a lock of flock(2) on a file; nil where that is not told.
  static func holder(of file: FileStatus) -> Int32? {
    guard let table = try? LogDescriptor(reading: Array("/proc/locks".utf8)),
      let bytes = try? table.read(at: 0, count: 1 << 20)
    else { return nil }
    return holder(of: file, in: bytes)
  }

  /// Reads lines such as "1: FLOCK  ADVISORY  WRITE 1234 08:02:98765 0 EOF"; device in hexadecimal.
  static func holder(of file: FileStatus, in table: [UInt8]) -> Int32? {
    let major = (file.device >> 8 & 0xFFF) | (file.device >> 32 & ~0xFFF)
    let minor = (file.device & 0xFF) | (file.device >> 12 & 0xFFFF_FF00)
    for line in table.split(separator: UInt8(ascii: "\n")) {
      let fields = String(decoding: line, as: UTF8.self).split(separator: " ")
      guard fields.count >= 6, fields[1] == "FLOCK" else { continue }
      let place = fields[5].split(separator: ":")
      guard place.count == 3, UInt64(place[0], radix: 16) == major,
        UInt64(place[1], radix: 16) == minor, UInt64(place[2]) == file.inode
      else { continue }
      return Int32(fields[4])
    }
    return nil
  }
}
