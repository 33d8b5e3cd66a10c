// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// Whether and over how long a time clusters are gathered into stories.
  package struct Stories: Sendable, Equatable {
    package var enabled = true
    /// A story that got no document for this long is closed.
    package var window = Duration.seconds(14 * 86_400)
  }
}
