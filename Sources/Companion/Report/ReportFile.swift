// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Daemon
internal import Glibc

/// The file that a report is written to.
enum ReportFile {
  /// What the command line calls standard output.
  static let standardOutput = "-"

  /// Writes all of it beside the file and puts it in the file's place then, so that nobody opens
  /// half a page, rename(2).
  static func write(_ bytes: [UInt8], to name: String) throws {
    var status = stat()
    // A pipe, a terminal or a link is written to and not replaced.
    if lstat(name, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      return try fill(name, bytes, flags: O_WRONLY | O_TRUNC)
    }
    let part = "\(name).part"
    do {
      try fill(part, bytes, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
      guard rename(part, name) == 0 else { throw failure(name, errno) }
    } catch {
      unlink(part)
      throw error
    }
  }

  private static func fill(_ name: String, _ bytes: [UInt8], flags: Int32) throws {
    let descriptor = open(name, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(name, errno) }
    let written = write(bytes, to: descriptor)
    let closed = close(descriptor) == 0 ? 0 : errno
    let trouble = written == 0 ? closed : written
    guard trouble == 0 else { throw failure(name, trouble) }
  }

  /// The error number, or 0.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      let number = errno
      if count >= 0 { done += count } else if number != EINTR { return number }
    }
    return 0
  }

  private static func failure(_ name: String, _ number: Int32) -> CommandFailure {
    CommandFailure(
      ExitStatus.cannotCreate.rawValue,
      "\(TerminalText.safe(name)): \(String(cString: strerror(number)))")
  }
}
