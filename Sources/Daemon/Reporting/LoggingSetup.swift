// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Logging
internal import Systemd

/// Where log messages go, decided once: to the journal when it listens, else to standard error.
///
/// Levels: trace and debug for single documents; info for summaries; notice for changes of state
/// (started, reloaded, back to normal); warning for what an administrator should look at; error
/// for what needs one; critical for what ends the daemon.
enum LoggingSetup {
  static func logger(level: SharedLogLevel) -> Logger {
    let output = LogOutput.detect()
    return Logger(label: "neardupd") { _ in
      switch output {
      case .journal: LeveledLogHandler(JournalLogHandler(identifier: "neardupd"), level)
      case .standardError: LeveledLogHandler(StandardErrorLogHandler(), level)
      }
    }
  }
}
