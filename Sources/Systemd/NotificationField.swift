// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One assignment of a notification, as sd_notify(3) defines them.
package enum NotificationField: Sendable, Equatable {
  case ready
  /// Needs `monotonicMicroseconds` in the same message for Type=notify-reload.
  case reloading
  /// CLOCK_MONOTONIC at the moment of the message.
  case monotonicMicroseconds(UInt64)
  case stopping
  case watchdog
  /// One line for `systemctl status`.
  case status(String)
  /// The manager is to wait this long from now before it gives up on start, reload or stop.
  case extendTimeout(Duration)

  /// The assignment as it is sent, one line whatever the values hold.
  package var line: String {
    switch self {
    case .ready: "READY=1"
    case .reloading: "RELOADING=1"
    case .monotonicMicroseconds(let microseconds): "MONOTONIC_USEC=\(microseconds)"
    case .stopping: "STOPPING=1"
    case .watchdog: "WATCHDOG=1"
    case .status(let text): "STATUS=\(Self.oneLine(text))"
    case .extendTimeout(let duration): "EXTEND_TIMEOUT_USEC=\(Self.microseconds(duration))"
    }
  }

  /// systemd ignores a message over 4096 bytes, so a long path must not cost the whole message.
  private static let statusLimit = 1024

  /// Control characters become spaces: a newline would begin another assignment, and a file's
  /// name may hold one.
  private static func oneLine(_ text: String) -> String {
    var line = ""
    var size = 0
    for scalar in text.unicodeScalars {
      let isControl =
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
      let next: Unicode.Scalar = isControl ? " " : scalar
      size += UTF8.width(next)
      if size > statusLimit { return line + "…" }
      line.unicodeScalars.append(next)
    }
    return line
  }

  private static func microseconds(_ duration: Duration) -> UInt64 {
    let (seconds, attoseconds) = max(duration, .zero).components
    let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000)
    return overflow ? .max : whole + UInt64(attoseconds / 1_000_000_000_000)
  }
}
