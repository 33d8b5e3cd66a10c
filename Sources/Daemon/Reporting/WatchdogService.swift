// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix
internal import ServiceLifecycle
internal import Systemd

/// Feeds systemd's watchdog at half its interval while those tasks are alive that
/// every document passes.
struct WatchdogService: Service {
  let interval: Duration
  let notifier: ServiceNotifier
  let tasks: [TaskProgress]

  /// What the manager may ask for is any number of microseconds, thousands of years too. Feeding
  /// more often than asked for is right, for ever later and at once again and again are not.
  static let intervals = Duration.milliseconds(20)...Duration.seconds(3600)

  func run() async throws {
    let interval = min(max(interval, Self.intervals.lowerBound), Self.intervals.upperBound)
    let patience = interval.wholeNanoseconds
    await cancelWhenGracefulShutdown {
      while true {
        let now = Clocks.monotonic()
        if tasks.allSatisfy({ $0.isAlive(now: now, patience: patience) }) {
          _ = notifier.watchdog()
        }
        do { try await Pause.wait(for: interval / 2) } catch { return }
      }
    }
  }
}
