// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The number inotify(7) gave a watch; unique within its descriptor, never used again by Linux.
///
/// A queue overflow has −1, which belongs to no watch.
package struct WatchDescriptor: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int32

  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }
}
