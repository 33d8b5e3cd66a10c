// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The bits of inotify(7): what to watch for, how to watch, and what an event says.
package struct EventMask: OptionSet, Sendable, Hashable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// The C module gives some of the constants as Int32, some as UInt32.
  private init(_ constant: some BinaryInteger) {
    rawValue = UInt32(truncatingIfNeeded: constant)
  }

  // What happened.
  package static let modify = EventMask(IN_MODIFY)
  package static let attributes = EventMask(IN_ATTRIB)
  package static let closeWrite = EventMask(IN_CLOSE_WRITE)
  package static let movedFrom = EventMask(IN_MOVED_FROM)
  package static let movedTo = EventMask(IN_MOVED_TO)
  package static let create = EventMask(IN_CREATE)
  package static let delete = EventMask(IN_DELETE)
  package static let deleteSelf = EventMask(IN_DELETE_SELF)
  package static let moveSelf = EventMask(IN_MOVE_SELF)

  // What the kernel adds to an event without being asked.
  /// The file system that held the watched thing was unmounted.
  package static let unmount = EventMask(IN_UNMOUNT)
  /// The queue was full; events are lost, the watch descriptor, −1, is of no watch.
  package static let queueOverflow = EventMask(IN_Q_OVERFLOW)
  /// The watch is gone: removed, deleted or unmounted.
  package static let ignored = EventMask(IN_IGNORED)
  /// The event is about a directory.
  package static let isDirectory = EventMask(IN_ISDIR)

  // How to watch.
  /// Fails with `.notADirectory` for anything else.
  package static let onlyDirectory = EventMask(IN_ONLYDIR)
  /// Watches a symbolic link itself.
  package static let doNotFollow = EventMask(IN_DONT_FOLLOW)
  /// What is watched already goes on being watched for what it was before as well.
  package static let added = EventMask(IN_MASK_ADD)
}

extension EventMask: CustomStringConvertible {
  private static let names: [(EventMask, String)] = [
    (.modify, "MODIFY"), (.attributes, "ATTRIB"), (.closeWrite, "CLOSE_WRITE"),
    (.movedFrom, "MOVED_FROM"), (.movedTo, "MOVED_TO"), (.create, "CREATE"),
    (.delete, "DELETE"), (.deleteSelf, "DELETE_SELF"), (.moveSelf, "MOVE_SELF"),
    (.unmount, "UNMOUNT"), (.queueOverflow, "Q_OVERFLOW"), (.ignored, "IGNORED"),
    (.onlyDirectory, "ONLYDIR"), (.doNotFollow, "DONT_FOLLOW"), (.added, "MASK_ADD"),
    (.isDirectory, "ISDIR"),
  ]

  /// The names of the man page without their prefix, "CREATE|ISDIR"; unknown bits in hexadecimal.
  package var description: String {
    var parts: [String] = []
    var rest = self
    for (bit, name) in Self.names where contains(bit) {
      parts.append(name)
      rest.subtract(bit)
    }
    if !rest.isEmpty { parts.append("0x" + String(rest.rawValue, radix: 16)) }
    return parts.isEmpty ? "NONE" : parts.joined(separator: "|")
  }
}
