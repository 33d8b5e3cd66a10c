// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging

/// Writes log entries as lines to standard error, each with one write(2).
///
/// Towards systemd a line begins with its priority, "<4>" (sd-daemon(3)), and has no time, which
/// the journal adds; anywhere else it begins "2026-01-02T03:04:05.678Z warning ". The process is
/// expected to ignore SIGPIPE: a reader that has gone costs the line, not the daemon.
package struct StandardErrorLogHandler: LogHandler {
  package var logLevel: Logger.Level = .info
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?

  private let descriptor: Int32
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
    self.descriptor = descriptor
    self.prefixesPriority = prefixesPriority
    self.clock = clock ?? { SystemCalls.wallClock() }
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
    let head =
      prefixesPriority
      ? "<\(SyslogPriority(event.level).rawValue)>"
      : "\(Self.timestamp(clock())) \(event.level.rawValue) "
    let clear = clearsLine ? "\r\u{1B}[K" : ""
    SystemCalls.writeLine(descriptor, Array((clear + head + line.text + "\n").utf8))
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
