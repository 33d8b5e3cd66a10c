// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix

extension DaemonConfiguration {
  /// Whether and over how long a time clusters are gathered into stories.
  package struct Stories: Sendable, Equatable {
    package var enabled = true
    /// For so long after it arrived a cluster's first document draws others to its story.
    package var window = Duration.seconds(14 * 86_400)

    /// The window in microseconds; nil when there are to be no stories.
    package var microseconds: Int64? {
      enabled ? Int64(clamping: window.wholeNanoseconds / 1_000) : nil
    }
  }
}
