// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Logging
internal import Systemd

/// Where log messages go, decided once: to the journal when it listens, else to standard error.
///
/// What each level is for, `SyslogPriority` says.
enum LoggingSetup {
  /// - Parameters:
  ///   - level: the level in force, which a reload may change.
  ///   - problems: where the last warning or error is kept for the status.
  ///   - clearsLine: a progress line stands on the terminal that the messages go to.
  static func logger(
    level: SharedLogLevel, problems: RecentProblem, clearsLine: Bool = false
  ) -> Logger {
    let output = LogOutput.detect()
    return Logger(label: "neardupd") { _ in
      let handler: any LogHandler =
        switch output {
        case .journal: JournalLogHandler(identifier: "neardupd")
        case .standardError: StandardErrorLogHandler(clearsLine: clearsLine)
        }
      return LeveledLogHandler(
        MultiplexLogHandler([handler, RecentProblemLogHandler(problems)]), level)
    }
  }
}
