// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix

/// One event of inotify(7), its name as the bytes the file system holds.
package struct InotifyEvent: Sendable, Equatable {
  package var watch: WatchDescriptor
  package var mask: EventMask
  /// Pairs MOVED_FROM with MOVED_TO; 0 elsewhere.
  package var cookie: UInt32
  /// The entry's name without the padding; empty when the event is about the watched thing itself.
  package var name: [UInt8]

  package init(watch: WatchDescriptor, mask: EventMask, cookie: UInt32, name: [UInt8]) {
    self.watch = watch
    self.mask = mask
    self.cookie = cookie
    self.name = name
  }
}

extension InotifyEvent: CustomStringConvertible {
  /// For logs and failing tests: "3 CREATE|ISDIR tree".
  package var description: String {
    name.isEmpty
      ? "\(watch.rawValue) \(mask)" : "\(watch.rawValue) \(mask) \(ReadablePath.text(name))"
  }
}
