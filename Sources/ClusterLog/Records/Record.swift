// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One line of the cluster log before it is encoded: what was decided, without its number and time.
package enum Record: Sendable, Equatable {
  case assigned(Assigned)
  case merged(Merged)
  case moved(Moved)
  case storyMerged(StoryMerged)
  case storyMoved(StoryMoved)
  case skipped(Skipped)
  case removed(Removed)
  case expired(Expired)
}
