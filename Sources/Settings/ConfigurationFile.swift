// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The bytes of a configuration file.
package enum ConfigurationFile {
  /// No configuration is this long; what is, is the wrong file, and perhaps an endless one.
  package static let largest = 1 << 20

  /// What comes through a pipe must have come within this time, in milliseconds.
  package static let patience: Int64 = 5_000

  /// Reads a whole file, open(2) and read(2); nil when there is none.
  ///
  /// A FIFO that nobody writes, or writes on and on, is refused after `patience`: a start or a
  /// reload that waits for it would wait for ever.
  package static func read(_ path: String) throws(ConfigurationError) -> [UInt8]? {
    try read(path, patience: patience)
  }

  package static func read(_ path: String, patience: Int64) throws(ConfigurationError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { return nil }
      throw failure(path, code)
    }
    defer { close(descriptor) }
    let deadline = milliseconds() + patience
    let waits = isPipe(descriptor)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if waits { try wait(for: descriptor, path, until: deadline) }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        let code = errno
        if code == EINTR || (waits && code == EAGAIN) { continue }
        throw failure(path, code)
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= largest else {
        throw ConfigurationError(
          .file(path, line: nil), "the file is larger than 1 MiB",
          remedy: "is it really the configuration?")
      }
    }
  }

  private static func isPipe(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    // Of devices a terminal waits as well.
    return [S_IFIFO, S_IFSOCK, S_IFCHR].contains(status.st_mode & S_IFMT)
  }

  /// Returns when there is something to read, or the end.
  private static func wait(
    for descriptor: Int32, _ path: String, until deadline: Int64
  ) throws(ConfigurationError) {
    while true {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let left = max(0, deadline - milliseconds())
      let count = poll(&entry, 1, Int32(clamping: left))
      if count > 0 { return }
      if count < 0, errno == EINTR { continue }
      if count == 0, left > 0 { continue }
      throw ConfigurationError(
        .file(path, line: nil), "it is a pipe or a device, and nothing came from it",
        remedy: "name a file")
    }
  }

  private static func milliseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let (whole, overflow) = Int64(now.tv_sec).multipliedReportingOverflow(by: 1_000)
    return overflow ? .max / 2 : whole + Int64(now.tv_nsec) / 1_000_000
  }

  private static func failure(_ path: String, _ code: Int32) -> ConfigurationError {
    let remedy =
      code == EACCES ? "make it readable for the user the program runs as" : nil
    return ConfigurationError(
      .file(path, line: nil), "cannot be read: \(String(cString: strerror(code)))",
      remedy: remedy)
  }
}
