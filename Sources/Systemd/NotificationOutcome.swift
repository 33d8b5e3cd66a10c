// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What became of a notification; a failed one means the service manager knows less than it should.
package enum NotificationOutcome: Sendable, Equatable {
  case sent
  /// NOTIFY_SOCKET is not set: not started by systemd with Type=notify.
  case notSupervised
  case failed(errno: Int32)
}
