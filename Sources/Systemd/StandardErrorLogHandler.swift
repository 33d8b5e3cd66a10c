// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging

/// Writes log entries as lines to standard error, and waits for nobody to read them: a pipe that is
/// full costs lines, of which the latest are kept and the others counted, not the daemon's work.
///
/// Towards systemd a line begins with its priority, "<4>" (sd-daemon(3)), and has no time, which
/// the journal adds; anywhere else it begins "2026-01-02T03:04:05.678Z warning ". The process is
/// expected to ignore SIGPIPE: a reader that has gone costs the line, not the daemon.
package struct StandardErrorLogHandler: LogHandler {
  package var logLevel: Logger.Level = .info
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?

  private let unread: UnreadMessages
  private let prefixesPriority: Bool
  private let clearsLine: Bool
  /// Time since 1970, UTC.
  private let clock: @Sendable () -> Duration

  /// - Parameters:
  ///   - descriptor: where to write; not owned.
  ///   - prefixesPriority: whether systemd reads the other end; found out when left out.
  ///   - clearsLine: whether a line that shows progress is to be wiped out first.
  ///   - clock: time since 1970 in UTC; the system's when left out.
  package init(
    descriptor: Int32 = 2, prefixesPriority: Bool = LogOutput.detect() == .journal,
    clearsLine: Bool = false, clock: (@Sendable () -> Duration)? = nil
  ) {
    self.clearsLine = clearsLine
    self.prefixesPriority = prefixesPriority
    let clock = clock ?? { SystemCalls.wallClock() }
    self.clock = clock
    unread = UnreadMessages(
      loss: { count in
        let head = Self.head(.warning, prefixesPriority, clock)
        return Array((head + LogLine.loss(count) + "\n").utf8)
      },
      offer: { SystemCalls.writeAtOnce(descriptor, $0) })
  }

  package subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    write(event, LogLine.merged(metadata, metadataProvider, event))
  }

  func write(_ event: LogEvent, _ metadata: [(key: String, value: Logger.MetadataValue)]) {
    let shown = metadata.filter { $0.key != LogLine.messageIdentifierKey }
    let line = LogLine(message: event.message.description, metadata: shown)
    let head = Self.head(event.level, prefixesPriority, clock)
    let clear = clearsLine ? "\r\u{1B}[K" : ""
    unread.send(Array((clear + head + line.text + "\n").utf8))
  }

  /// Tries for a while to be rid of what nobody has read yet.
  package func flush(within patience: Duration) { unread.flush(within: patience) }

  private static func head(
    _ level: Logger.Level, _ prefixesPriority: Bool, _ clock: () -> Duration
  ) -> String {
    prefixesPriority
      ? "<\(SyslogPriority(level).rawValue)>" : "\(timestamp(clock())) \(level.rawValue) "
  }

  /// RFC 3339 in UTC, to the millisecond.
  static func timestamp(_ sinceEpoch: Duration) -> String {
    let (seconds, attoseconds) = sinceEpoch.components
    let parts = SystemCalls.civilTime(seconds)
    let digits = zip(parts, [4, 2, 2, 2, 2, 2]).map(padded)
    let fraction = padded(Int(attoseconds / 1_000_000_000_000_000), 3)
    return digits[0...2].joined(separator: "-") + "T" + digits[3...5].joined(separator: ":")
      + "." + fraction + "Z"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
