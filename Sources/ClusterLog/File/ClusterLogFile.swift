// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The cluster log as a file that is only ever appended to in whole lines.
///
/// There is one owner and one writer. Nothing is written before `recover` has looked at what is
/// there already, so opening leaves any file as it is.
package struct ClusterLogFile: ~Copyable {
  /// The file's name, raw bytes.
  package let path: [UInt8]

  var descriptor: LogDescriptor
  /// The file behind the descriptor when it was opened; its name may go to another one.
  var identity: FileStatus
  /// Where the last whole append ended, in bytes.
  package internal(set) var offset: Int
  /// What was appended since the last successful synchronisation, to be written again if it fails:
  /// after a failed fdatasync(2) the kernel calls the pages clean, and a second call succeeds
  /// though the data never reached the disk (Rebello et al., "Can Applications Recover from fsync
  /// Failures?", 2020).
  var unsynchronized: [UInt8] = []
  var mustRewrite = false
  /// Whether this process keeps others from writing to the file, which goes over to the next file.
  var isLocked = false
  /// Where to cut before anything else is written, because an earlier cut failed.
  var cutFirst: Int?

  /// How much may be appended between two synchronisations before `append` makes one itself: it
  /// bounds the copy in memory, and is seconds of work at any rate the daemon reaches.
  static let unsynchronizedLimit = 8 << 20

  /// Opens the log, making it with mode 0640 (less umask) when it is missing; see `open(2)`.
  ///
  /// - Parameter path: Raw bytes; its directory must exist, and the name must not be a link.
  package init(path: [UInt8]) throws(ClusterLogError) {
    let opened = try Self.opened(path)
    let status = try Self.regularStatus(of: opened, path: path)
    self.path = path
    descriptor = opened
    identity = status
    offset = status.size
  }

  private static func opened(_ path: [UInt8]) throws(ClusterLogError) -> LogDescriptor {
    do throws(SystemError) {
      return try open(path)
    } catch {
      throw ClusterLogError(error, path: path)
    }
  }

  private static func regularStatus(
    of file: borrowing LogDescriptor, path: [UInt8]
  ) throws(ClusterLogError) -> FileStatus {
    let status: FileStatus
    do throws(SystemError) {
      status = try file.status()
    } catch {
      throw ClusterLogError(error, path: path)
    }
    guard status.isRegular else { throw .notRegular(path) }
    return status
  }

  /// Opens the file, or makes it and puts its name on the disk.
  static func open(_ path: [UInt8]) throws(SystemError) -> LogDescriptor {
    do throws(SystemError) {
      return try LogDescriptor(path: path, flags: O_RDWR | O_APPEND)
    } catch {
      guard error.number == ENOENT else { throw error }
    }
    let made = try LogDescriptor(path: path, flags: O_RDWR | O_APPEND | O_CREAT, mode: 0o640)
    let directory = try LogDescriptor(path: Self.directory(of: path), flags: O_RDONLY | O_DIRECTORY)
    try directory.synchronize()
    return made
  }

  /// The directory part of a name, "." when it has none.
  static func directory(of path: [UInt8]) -> [UInt8] {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return [UInt8(ascii: ".")] }
    return slash == 0 ? [UInt8(ascii: "/")] : Array(path[..<slash])
  }

  /// The last part of a name.
  static func name(of path: [UInt8]) -> [UInt8] {
    guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return Array(path[(slash + 1)...])
  }
}
