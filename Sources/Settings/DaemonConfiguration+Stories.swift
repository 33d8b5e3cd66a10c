// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import NearDuplicates
internal import Posix

extension DaemonConfiguration {
  /// Whether and over how long a time clusters are gathered into stories.
  package struct Stories: Sendable, Equatable {
    package var enabled = true
    /// For so long a cluster's first document draws others to its story.
    package var window = Duration.seconds(14 * 86_400)
    /// What the window is measured by.
    package var clock = StoryClock.arrival

    /// As those who gather them take it; nil when there are to be no stories.
    package var settings: StorySettings? {
      guard enabled else { return nil }
      return StorySettings(
        window: Int64(clamping: window.wholeNanoseconds / 1_000), clock: clock)
    }
  }
}
