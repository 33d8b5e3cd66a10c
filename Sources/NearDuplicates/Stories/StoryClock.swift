// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the window of stories is measured by.
package enum StoryClock: String, Sendable, CaseIterable {
  /// When units arrived. Time never goes back, and what is behind the window is let go.
  case arrival
  /// When units were published, in whatever order they come: those that are further apart than the
  /// window have nothing to do with one another. A unit stays for as long as its document.
  case published
}
