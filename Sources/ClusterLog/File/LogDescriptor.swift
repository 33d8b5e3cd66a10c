// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The one owner of an open log file; every libc call of this module on a file is here, and those
/// on gzip's output are in `GzipStream`.
///
/// EINTR is retried by `retrying` and nowhere else (signal(7)).
struct LogDescriptor: ~Copyable {
  private let number: Int32

  /// Opens a file without waiting on a FIFO, following a last link, or leaking it to children.
  init(path: [UInt8], flags: Int32, mode: mode_t = 0) throws(SystemError) {
    let all = flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
    let opened = withPath(path) { name in
      retrying { Glibc.open(name, all, mode) }
    }
    guard opened >= 0 else { throw SystemError("open") }
    number = opened
  }

  /// Opens a file to be read by whoever looks at the result; a link to it is followed.
  init(reading path: [UInt8]) throws(SystemError) {
    let opened = withPath(path) { name in
      retrying { Glibc.open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
    }
    guard opened >= 0 else { throw SystemError("open") }
    number = opened
  }

  deinit {
    // close(2): the descriptor is gone even when this reports EINTR; data was synced before.
    _ = Glibc.close(number)
  }

  borrowing func status() throws(SystemError) -> FileStatus {
    var result = stat()
    guard fstat(number, &result) == 0 else { throw SystemError("fstat") }
    return FileStatus(result)
  }

  /// Makes it a descriptor of a child that is about to be started.
  borrowing func give(to actions: inout posix_spawn_file_actions_t, as other: Int32) {
    posix_spawn_file_actions_adddup2(&actions, number, other)
  }

  /// Writes at the end (O_APPEND) and returns how many bytes the kernel took.
  borrowing func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
    let count = bytes.withUnsafeBytes { buffer in
      retrying { Glibc.write(number, buffer.baseAddress, buffer.count) }
    }
    guard count >= 0 else { throw SystemError("write") }
    return count
  }

  /// Reads up to `count` bytes from `offset`; fewer only at the end of the file.
  borrowing func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let base = UnsafeMutableRawPointer(buffer.baseAddress)
      while filled < count {
        let got = retrying {
          pread(number, base.map { $0 + filled }, count - filled, offset + filled)
        }
        if got < 0 { failure = SystemError("pread") }
        guard got > 0 else { break }
        filled += got
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Writes the same bytes again in place, which on Linux needs O_APPEND off (pwrite(2), BUGS).
  borrowing func rewrite(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
    let flags = fcntl(number, F_GETFL)
    guard flags >= 0, fcntl(number, F_SETFL, flags & ~O_APPEND) == 0 else {
      throw SystemError("fcntl")
    }
    var done = 0
    var failure: SystemError?
    while done < bytes.count, failure == nil {
      let count = bytes.withUnsafeBytes { buffer in
        retrying {
          pwrite(number, buffer.baseAddress.map { $0 + done }, buffer.count - done, offset + done)
        }
      }
      if count <= 0 { failure = SystemError("pwrite") }
      done += count
    }
    guard fcntl(number, F_SETFL, flags) == 0 else { throw SystemError("fcntl") }
    if let failure { throw failure }
  }

  borrowing func truncate(to size: Int) throws(SystemError) {
    let result = retrying { ftruncate(number, size) }
    guard result == 0 else { throw SystemError("ftruncate") }
  }

  /// flock(2) for one process alone, without waiting.
  borrowing func lock() throws(SystemError) {
    let result = retrying { flock(number, LOCK_EX | LOCK_NB) }
    guard result == 0 else { throw SystemError("flock") }
  }

  borrowing func synchronizeData() throws(SystemError) {
    let result = retrying { fdatasync(number) }
    guard result == 0 else { throw SystemError("fdatasync") }
  }

  /// fsync(2), which a directory needs after a name was made in it.
  borrowing func synchronize() throws(SystemError) {
    let result = retrying { fsync(number) }
    guard result == 0 else { throw SystemError("fsync") }
  }
}

/// Calls again while a signal interrupted the call before it did anything.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// Lends bytes as a NUL-terminated name.
func withPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  let name = path.map { CChar(bitPattern: $0) } + [0]
  return name.withUnsafeBufferPointer { buffer in
    buffer.baseAddress.map(body) ?? body("")
  }
}
