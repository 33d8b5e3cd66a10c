// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ServiceLifecycle
internal import Systemd

/// Feeds systemd's watchdog at half its interval while those tasks are alive that
/// every document passes.
struct WatchdogService: Service {
  let interval: Duration
  let notifier: ServiceNotifier
  let tasks: [TaskProgress]

  func run() async throws {
    let patience = UInt64(interval / .nanoseconds(1))
    await cancelWhenGracefulShutdown {
      while true {
        let now = Clocks.monotonic()
        if tasks.allSatisfy({ $0.isAlive(now: now, patience: patience) }) {
          _ = notifier.watchdog()
        }
        do { try await Task.sleep(for: interval / 2) } catch { return }
      }
    }
  }
}
