// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// Where the state is kept.
  package struct State: Sendable, Equatable {
    package var directory = "/var/lib/neardupd"
  }
}
