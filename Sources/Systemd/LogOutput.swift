// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Where log entries belong.
package enum LogOutput: Sendable {
  /// Standard error is connected to the journal: send structured entries.
  case journal
  case standardError

  /// JOURNAL_STREAM names the device and inode of standard error (systemd.exec(5)).
  ///
  /// The variable alone says little: it is inherited by processes whose output was redirected.
  package static func detect() -> LogOutput {
    detect(journalStream: SystemCalls.environment("JOURNAL_STREAM"), descriptor: 2)
  }

  static func detect(journalStream: String?, descriptor: Int32) -> LogOutput {
    guard let parts = journalStream?.split(separator: ":"), parts.count == 2,
      let device = UInt64(parts[0]), let inode = UInt64(parts[1]),
      let actual = SystemCalls.identity(of: descriptor)
    else { return .standardError }
    return actual.device == device && actual.inode == inode ? .journal : .standardError
  }
}
