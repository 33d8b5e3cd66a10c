// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How often the service manager wants to hear from the daemon.
package enum WatchdogInterval {
  /// WATCHDOG_USEC, when WATCHDOG_PID is this process (sd_watchdog_enabled(3)); nil when unwatched.
  ///
  /// Notify at half of it: a single late beat is then no death.
  package static func fromEnvironment() -> Duration? {
    SystemCalls.watchdogMicroseconds().map { .microseconds(Int64(clamping: $0)) }
  }
}
