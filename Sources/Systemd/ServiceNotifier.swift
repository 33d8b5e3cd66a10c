// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Synchronization

/// Tells the service manager what the daemon is doing, in the protocol of sd_notify(3).
///
/// Every call says what became of it and returns at once: a manager that does not read its socket,
/// which holds ten messages, must not hold up a reload or a stop. What it did not take of lasting
/// meaning goes with the next message. Without NOTIFY_SOCKET the calls do nothing.
package struct ServiceNotifier: Sendable {
  /// NOTIFY_SOCKET was set when the value was made.
  package var isSupervised: Bool { address != nil }

  private let address: String?
  private let untold = UntoldNotifications()

  package init() {
    let address = SystemCalls.environment("NOTIFY_SOCKET") ?? ""
    self.address = address.isEmpty ? nil : address
  }

  /// Whether the manager did not take something that it should know.
  package var hasUntold: Bool { !untold.isEmpty }

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
    guard let address, !fields.isEmpty else { return .notSupervised }
    return untold.offer(fields) { message in
      guard address.utf8.first == UInt8(ascii: "/") || address.utf8.first == UInt8(ascii: "@")
      else {
        // Other kinds of addresses are libsystemd's to know.
        let answer = SystemCalls.notify(message)
        return answer > 0 ? 0 : answer == 0 ? EINVAL : -answer
      }
      return SystemCalls.sendDatagram(Array(message.utf8), to: address)
    }
  }
}

/// What a manager was told and did not take.
private final class UntoldNotifications: Sendable {
  private let fields = Mutex<[NotificationField]>([])

  var isEmpty: Bool { fields.withLock { $0.isEmpty } }

  /// Offers what was not taken before and these; `send` answers 0 or errno(3).
  func offer(
    _ new: [NotificationField], _ send: (String) -> Int32
  ) -> NotificationOutcome {
    fields.withLock { fields in
      let all = fields.filter { old in !new.contains { $0.supersedes(old) } } + new
      let answer = send(all.map(\.line).joined(separator: "\n"))
      if answer == EAGAIN || answer == ENOBUFS {
        fields = all.filter(\.isLasting)
      } else {
        fields = []
      }
      return answer == 0 ? .sent : .failed(errno: answer)
    }
  }
}

extension NotificationField {
  /// Whether it is still true, and worth telling, when the manager reads again.
  fileprivate var isLasting: Bool {
    switch self {
    case .ready, .stopping, .status, .reloading, .monotonicMicroseconds: true
    case .watchdog, .extendTimeout: false
    }
  }

  /// Whether the other one, told before and not taken, means nothing any more.
  fileprivate func supersedes(_ other: NotificationField) -> Bool {
    switch (self, other) {
    case (.status, .status), (.ready, .ready), (.ready, .reloading),
      (.ready, .monotonicMicroseconds), (.reloading, .reloading),
      (.reloading, .monotonicMicroseconds), (.stopping, .stopping), (.stopping, .reloading),
      (.stopping, .monotonicMicroseconds):
      true
    default: false
    }
  }
}
