// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization
internal import Systemd

/// Feeds the service manager's watchdog from the task that it watches, at half its interval.
final class Heartbeat: Sendable {
  private let notifier: ServiceNotifier
  private let pause: Duration?
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  init(_ notifier: ServiceNotifier, interval: Duration? = WatchdogInterval.fromEnvironment()) {
    self.notifier = notifier
    pause = interval.map { $0 / 2 }
  }

  func beat() {
    guard let pause else { return }
    let now = ContinuousClock.now
    let isDue = last.withLock { last in
      if let beaten = last, beaten.duration(to: now) < pause { return false }
      last = now
      return true
    }
    if isDue { _ = notifier.watchdog() }
  }
}
