// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// An inotify(7) watch on one directory, to wait for changes and to tell what was opened in it.
package final class DirectoryChanges: Sendable {
  private let descriptor: Int32

  /// What a watch is there to see.
  package enum Interest: Sendable {
    case changes
    case reading
    case openingOrReading

    fileprivate var mask: Int32 {
      switch self {
      case .changes: IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_TO | IN_DELETE
      case .reading: IN_ACCESS
      case .openingOrReading: IN_OPEN | IN_ACCESS
      }
    }
  }

  /// Watches one directory, without those below it.
  package init(of directory: String, for interest: Interest = .changes) throws {
    descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard descriptor >= 0 else { throw SystemCallFailure("inotify_init1", directory) }
    guard inotify_add_watch(descriptor, directory, UInt32(interest.mask)) >= 0 else {
      throw SystemCallFailure("inotify_add_watch", directory)
    }
  }

  deinit {
    close(descriptor)
  }

  /// Waits for a change, or for a quarter of a second where inotify cannot see, or the deadline.
  package func wait(until deadline: MonotonicDeadline) {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    poll(&watched, 1, deadline.pollTimeout(most: 250))
    _ = takeNames()
  }

  /// The names of the entries that have had events since the last call.
  package func takeNames() -> [String] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var names: [String] = []
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return names }
      var offset = 0
      while offset + 16 <= count {
        let length = buffer.withUnsafeBytes {
          Int($0.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
        }
        let name = buffer[(offset + 16)..<(offset + 16 + length)].prefix { $0 != 0 }
        names.append(String(decoding: name, as: UTF8.self))
        offset += 16 + length
      }
    }
  }
}
