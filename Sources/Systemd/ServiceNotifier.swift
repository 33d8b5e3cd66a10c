// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Tells the service manager what the daemon is doing, over sd_notify(3).
///
/// Every call says what became of it; the caller logs a failure once per kind. Without
/// NOTIFY_SOCKET the calls do nothing. NOTIFY_SOCKET stays in the environment.
package struct ServiceNotifier: Sendable {
  /// NOTIFY_SOCKET was set when the value was made.
  package let isSupervised: Bool

  package init() {
    isSupervised = SystemCalls.environment("NOTIFY_SOCKET").map { !$0.isEmpty } ?? false
  }

  /// Start or reload is complete.
  package func ready(status: String) -> NotificationOutcome {
    send([.ready, .status(status)])
  }

  package func status(_ status: String) -> NotificationOutcome {
    send([.status(status)])
  }

  /// A reload begins; `ready` ends it. The time goes in the same message, as Type=notify-reload
  /// (systemd 253) wants it; older versions ignore it.
  package func reloading(status: String) -> NotificationOutcome {
    send([
      .reloading, .monotonicMicroseconds(SystemCalls.monotonicMicroseconds()), .status(status),
    ])
  }

  package func stopping(status: String) -> NotificationOutcome {
    send([.stopping, .status(status)])
  }

  /// Feeds the watchdog; call it only while work makes progress or there is none.
  package func watchdog() -> NotificationOutcome {
    send([.watchdog])
  }

  /// Sends the fields in one message, so that the manager sees them at once.
  package func send(_ fields: [NotificationField]) -> NotificationOutcome {
    guard isSupervised, !fields.isEmpty else { return .notSupervised }
    let answer = SystemCalls.notify(fields.map(\.line).joined(separator: "\n"))
    if answer > 0 { return .sent }
    return answer == 0 ? .notSupervised : .failed(errno: -answer)
  }
}
