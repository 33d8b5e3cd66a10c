// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ServiceLifecycle
internal import Systemd

/// Feeds systemd's watchdog at half its interval while the committing task is alive.
struct WatchdogService: Service {
  let interval: Duration
  let notifier: ServiceNotifier
  let progress: CommitProgress

  func run() async throws {
    let patience = UInt64(interval / .nanoseconds(1))
    await cancelWhenGracefulShutdown {
      while true {
        if progress.isAlive(now: Clocks.monotonic(), patience: patience) {
          _ = notifier.watchdog()
        }
        do { try await Task.sleep(for: interval / 2) } catch { return }
      }
    }
  }
}
