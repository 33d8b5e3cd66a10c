// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging

/// The priorities of syslog(3), which the journal and "<N>" prefixes use.
///
/// | swift-log | syslog | in neardupd |
/// |---|---|---|
/// | trace, debug | debug | single files, such as a skipped one |
/// | info | informational | summaries; a rotated log |
/// | notice | notice | changes of state: started, reloaded, polling, back to normal, stopped |
/// | warning | warning | trouble the daemon gets around, and that somebody should look at |
/// | error | error | what waits for somebody: a missing drop directory, a refused configuration |
/// | critical | critical | the daemon cannot go on |
package enum SyslogPriority: Int, Sendable {
  case critical = 2
  case error = 3
  case warning = 4
  case notice = 5
  case informational = 6
  case debug = 7

  package init(_ level: Logger.Level) {
    self =
      switch level {
      case .trace, .debug: .debug
      case .info: .informational
      case .notice: .notice
      case .warning: .warning
      case .error: .error
      case .critical: .critical
      }
  }
}
