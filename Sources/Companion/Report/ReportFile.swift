// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Daemon
internal import Glibc

/// The file that a report is written to.
enum ReportFile {
  /// What the command line calls standard output.
  static let standardOutput = "-"

  /// Writes all of it beside the file and puts it in the file's place then, so that nobody opens
  /// half a page, rename(2). Who may read the page that was there may read the new one.
  static func write(_ bytes: [UInt8], to name: String) throws {
    var status = stat()
    let isThere = lstat(name, &status) == 0
    // A pipe, a terminal or a link is written to and not replaced.
    if isThere, status.st_mode & S_IFMT != S_IFREG {
      let descriptor = open(name, O_WRONLY | O_TRUNC | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure(name, errno) }
      return try fill(descriptor, bytes, name)
    }
    let new = hidden(name)
    // What an interrupted run left, or what somebody put there for this one to follow.
    unlink(new)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(new, flags, isThere ? 0o600 : 0o666)
    guard descriptor >= 0 else { throw failure(name, errno) }
    do {
      if isThere { fchmod(descriptor, status.st_mode & 0o777) }
      try fill(descriptor, bytes, name)
      guard rename(new, name) == 0 else { throw failure(name, errno) }
    } catch {
      unlink(new)
      throw error
    }
  }

  /// In the same directory, so that the rename stays on one file system; a name that is nobody's.
  private static func hidden(_ name: String) -> String {
    let start = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name.utf8.index(after: $0) }
    let place = start ?? name.startIndex
    return "\(name[..<place]).\(name[place...]).new"
  }

  /// Writes all of it and closes the file.
  private static func fill(_ descriptor: Int32, _ bytes: [UInt8], _ name: String) throws {
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
