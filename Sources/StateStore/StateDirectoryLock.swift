// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Keeps a second daemon out of a state directory for as long as the value lives; see flock(2).
///
/// The kernel gives the lock back when the process ends in any way, so nothing can be stale.
package struct StateDirectoryLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock without waiting, and makes the directory when it is missing.
  ///
  /// - Throws: `heldByAnotherInstance` with the holder's process id when it could be read.
  package init(directory: [UInt8]) throws(StateStoreError) {
    let files = StateFiles(directory: directory)
    try files.prepareDirectory()
    descriptor = try Self.take(files.lock)
  }

  deinit {
    _ = close(descriptor)
  }

  private static func take(_ path: [UInt8]) throws(StateStoreError) -> Int32 {
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let opened = StateFiles.withPath(path) { open($0, flags, 0o640) }
    guard opened >= 0 else { throw StateStoreError(call: "open", systemError: errno, path: path) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      let holder = holder(opened)
      _ = close(opened)
      guard number == EWOULDBLOCK else {
        throw StateStoreError(call: "flock", systemError: number, path: path)
      }
      let who = holder.map { "process \($0)" } ?? "another process"
      throw StateStoreError(
        .heldByAnotherInstance(pid: holder), path, "\(who) runs on this state directory",
        remedy: "stop it, or name another directory with --state-directory")
    }
    // For people and for the message above; a full disk must not keep the daemon from starting.
    let text = [UInt8]("\(getpid())\n".utf8)
    _ = ftruncate(opened, 0)
    _ = text.withUnsafeBytes { pwrite(opened, $0.baseAddress, $0.count, 0) }
    return opened
  }

  private static func holder(_ descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count > 0 else { return nil }
    let digits = bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }
    return Int32(String(decoding: digits, as: UTF8.self))
  }
}
