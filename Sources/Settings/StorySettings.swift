// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import NearDuplicates

/// Over what time clusters are gathered into stories.
package struct StorySettings: Sendable, Equatable {
  /// In microseconds.
  package let window: Int64
  package var clock = StoryClock.arrival

  package init(window: Int64, clock: StoryClock = .arrival) {
    self.window = window
    self.clock = clock
  }
}
