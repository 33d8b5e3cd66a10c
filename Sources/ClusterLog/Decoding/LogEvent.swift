// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The values of a line's `event`.
package enum LogEvent: String, Sendable, CaseIterable {
  case assigned
  case merged
  case moved
  case storyMerged = "story-merged"
  case storyMoved = "story-moved"
  case skipped
  case removed
  case expired
}
