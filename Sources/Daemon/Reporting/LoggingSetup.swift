// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging
package import Systemd

/// Where log messages go, decided once: to the journal when it listens, else to standard error.
///
/// What each level is for, `SyslogPriority` says.
package enum LoggingSetup {
  /// - Parameters:
  ///   - level: the level in force, which a reload may change.
  ///   - problems: where the last warning or error is kept for the status.
  ///   - clearsLine: a progress line stands on the terminal that the messages go to.
  ///   - identifier: the program, as the journal calls it.
  /// - Returns: the logger, and what to call before the process ends: messages wait for nobody to
  ///   read them, so that the last ones may be on their way still.
  package static func logger(
    level: SharedLogLevel, problems: RecentProblem, clearsLine: Bool = false,
    identifier: String = "neardupd"
  ) -> (logger: Logger, flush: @Sendable () -> Void) {
    let plain = StandardErrorLogHandler(clearsLine: clearsLine)
    let handler: any LogHandler
    let flush: @Sendable () -> Void
    switch LogOutput.detect() {
    case .journal:
      let journal = JournalSender(identifier: identifier)
      handler = JournalLogHandler(identifier: identifier, fallback: plain) { journal.send($0) }
      flush = { journal.flush(within: lastPatience) }
    case .standardError:
      handler = plain
      flush = { plain.flush(within: lastPatience) }
    }
    let leveled = LeveledLogHandler(
      MultiplexLogHandler([handler, RecentProblemLogHandler(problems)]), level)
    return (Logger(label: identifier) { _ in leveled }, flush)
  }

  /// How long the end of the process waits for a reader of the last messages.
  private static let lastPatience = Duration.milliseconds(500)
}
