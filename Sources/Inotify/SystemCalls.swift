// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The libc calls of this module: errno is saved at once, EINTR is retried in `retrying` alone.
enum SystemCalls {
  /// What a call left in errno.
  struct Failure: Error, Equatable {
    let errno: Int32
  }

  /// Calls again while a signal interrupts; a negative answer becomes the errno it left.
  private static func retrying<Answer: SignedInteger>(
    _ call: () -> Answer
  ) throws(Failure) -> Answer {
    while true {
      let answer = call()
      if answer >= 0 { return answer }
      let saved = errno
      if saved != EINTR { throw Failure(errno: saved) }
    }
  }

  /// A copy of the path with libc's NUL; a NUL inside would silently name another file.
  private static func terminated(_ path: [UInt8]) throws(Failure) -> [CChar] {
    if path.contains(0) { throw Failure(errno: EINVAL) }
    return path.map { CChar(bitPattern: $0) } + [0]
  }

  // Descriptors are borrowed, not passed as numbers: a number does not keep its owner alive.

  // MARK: inotify(7)

  static func inotifyInit() throws(Failure) -> OwnedDescriptor {
    let flags = Int32(truncatingIfNeeded: IN_NONBLOCK) | Int32(truncatingIfNeeded: IN_CLOEXEC)
    return OwnedDescriptor(try retrying { inotify_init1(flags) })
  }

  static func inotifyAddWatch(
    _ descriptor: borrowing OwnedDescriptor, _ path: [UInt8], _ mask: UInt32
  ) throws(Failure) -> Int32 {
    let (path, number) = (try terminated(path), descriptor.number)
    return try retrying { inotify_add_watch(number, path, mask) }
  }

  static func inotifyRemoveWatch(_ descriptor: borrowing OwnedDescriptor, _ watch: Int32)
    throws(Failure)
  {
    let number = descriptor.number
    _ = try retrying { inotify_rm_watch(number, watch) }
  }

  // MARK: files

  static func openForReading(
    _ path: [UInt8], flags: Int32 = 0
  ) throws(Failure) -> OwnedDescriptor {
    let path = try terminated(path)
    return OwnedDescriptor(try retrying { open(path, O_RDONLY | O_CLOEXEC | flags) })
  }

  static func rewind(_ descriptor: borrowing OwnedDescriptor) throws(Failure) {
    let number = descriptor.number
    _ = try retrying { lseek(number, 0, SEEK_SET) }
  }

  /// Reads once; 0 is the end of the file.
  static func readSome(
    _ descriptor: borrowing OwnedDescriptor, into buffer: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> Int {
    let number = descriptor.number
    return try retrying { read(number, buffer.baseAddress, buffer.count) }
  }

  /// Reads from the present position to the end; files of /proc have no size to ask for.
  static func readToEnd(_ descriptor: borrowing OwnedDescriptor) throws(Failure) -> [UInt8] {
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = try chunk.withUnsafeMutableBufferPointer { bytes throws(Failure) in
        try readSome(descriptor, into: UnsafeMutableRawBufferPointer(bytes))
      }
      if count == 0 { return contents }
      contents += chunk[..<count]
    }
  }

  // MARK: the wake-up pair

  /// A connected pair of stream sockets, close-on-exec and non-blocking from birth.
  ///
  /// Unlike pipe(2), whose flags can only be set afterwards here (pipe2 is missing from the Glibc
  /// module), and whose write raises SIGPIPE when the reader has gone.
  static func socketPair() throws(Failure) -> (Int32, Int32) {
    var ends: (Int32, Int32) = (-1, -1)
    let kind =
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    _ = try retrying {
      withUnsafeMutableBytes(of: &ends) { bytes in
        socketpair(AF_UNIX, kind, 0, bytes.baseAddress?.assumingMemoryBound(to: Int32.self))
      }
    }
    return ends
  }

  /// Sends one byte; raises no signal and never blocks.
  static func sendByte(_ descriptor: borrowing OwnedDescriptor) throws(Failure) {
    let number = descriptor.number
    var byte: UInt8 = 1
    let flags = Int32(truncatingIfNeeded: MSG_NOSIGNAL | MSG_DONTWAIT)
    _ = try retrying { send(number, &byte, 1, flags) }
  }

  // MARK: poll(2)

  /// Waits until a descriptor is ready or the time is up; after a signal, for what then remains.
  static func pollUntilReady(
    _ descriptors: inout [pollfd], timeout: Duration?
  ) throws(Failure) -> Int {
    let deadline = timeout.map { monotonicNow() + max($0, .zero) }
    while true {
      let left = deadline.map { max($0 - monotonicNow(), .zero) }
      let wait = left.map(Self.milliseconds) ?? -1
      let count = poll(&descriptors, nfds_t(descriptors.count), wait)
      let saved = errno
      if count > 0 { return Int(count) }
      if count < 0 && saved != EINTR { throw Failure(errno: saved) }
      if count == 0, let deadline, monotonicNow() >= deadline { return 0 }
    }
  }

  /// Whole milliseconds, rounded up so that a loop never spins through the last fraction.
  private static func milliseconds(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    // A day at most: the caller waits again for the rest, and nothing can overflow.
    if seconds >= 86_400 { return 86_400_000 }
    let millisecond: Int64 = 1_000_000_000_000_000
    let (whole, _) = seconds.multipliedReportingOverflow(by: 1_000)
    return Int32(clamping: whole + (attoseconds + millisecond - 1) / millisecond)
  }

  private static func monotonicNow() -> Duration {
    var now = timespec()
    _ = clock_gettime(CLOCK_MONOTONIC, &now)
    return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
  }

  /// The system's text for an errno.
  static func explanation(of errno: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(errno, &buffer, buffer.count) == 0 else { return "error \(errno)" }
    let text = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Closes; Linux frees the number even when it answers EINTR, so this is never retried.
  static func closeDescriptor(_ descriptor: Int32) {
    _ = close(descriptor)
  }
}
