// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Glibc

extension FileSystemCalls {
  /// The first 16 KiB of a file, as those in /proc that tell of one process have; nil on failure.
  package static func readSmallFile(_ path: String) -> [UInt8]? {
    do throws(Errno) {
      let name = Array(path.utf8)
      let file = FileDescriptor(
        owning: try retrying { withPath(name) { Glibc.open($0, O_RDONLY | O_CLOEXEC) } })
      var bytes = [UInt8](repeating: 0, count: 16_384)
      let number = file.number
      let count = bytes.withUnsafeMutableBytes { pread(number, $0.baseAddress, $0.count, 0) }
      return count < 0 ? nil : Array(bytes.prefix(count))
    } catch {
      return nil
    }
  }

  /// unlink(2).
  package static func remove(_ path: [UInt8]) throws(Errno) {
    _ = try retrying { withPath(path) { unlink($0) } }
  }

  /// fsync(2) of a file, or of a directory: the names in it are kept over a power cut then.
  package static func synchronize(_ path: [UInt8]) throws(Errno) {
    let file = FileDescriptor(
      owning: try retrying { withPath(path) { Glibc.open($0, O_RDONLY | O_CLOEXEC) } })
    let number = file.number
    _ = try retrying { fsync(number) }
  }

  /// Gives a file new contents in one step: readers see the old or the new, never a part.
  ///
  /// The new file is made under ".NAME.new" in the same directory, so that the rename stays on one
  /// file system; no collector reads such a name. It is not synced: what it says is true now.
  ///
  /// - Parameter mode: as it is, whatever the umask.
  package static func replaceFile(
    _ path: [UInt8], with bytes: [UInt8], mode: mode_t
  ) throws(Errno) {
    let (directory, name) = parted(path)
    let temporary = directory + [UInt8(ascii: ".")] + name + Array(".new".utf8)
    // What an interrupted write left, or what somebody put there for it to follow.
    do throws(Errno) { try remove(temporary) } catch { if error != .notFound { throw error } }
    do throws(Errno) {
      try write(bytes, toNew: temporary, mode: mode)
      _ = try retrying { withPath(temporary) { old in withPath(path) { Glibc.rename(old, $0) } } }
    } catch {
      try? remove(temporary)
      throw error
    }
  }

  private static func write(
    _ bytes: [UInt8], toNew path: [UInt8], mode: mode_t
  ) throws(Errno) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = FileDescriptor(
      owning: try retrying { withPath(path) { Glibc.open($0, flags, mode) } })
    let number = file.number
    _ = try retrying { fchmod(number, mode) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(number, $0.baseAddress, $0.count)
      }
      let error = Errno.current
      if count > 0 {
        written += count
      } else if count < 0, error.number != EINTR {
        throw error
      }
    }
  }

  /// The directory with its slash, and the name in it.
  private static func parted(_ path: [UInt8]) -> (directory: [UInt8], name: [UInt8]) {
    let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return (Array(path[..<start]), Array(path[start...]))
  }
}
