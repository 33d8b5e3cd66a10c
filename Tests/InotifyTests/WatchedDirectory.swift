// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Inotify
import TestSupport

/// A temporary directory under a watch, and what the kernel has said about it so far.
struct WatchedDirectory: ~Copyable {
  /// The mask of the table of what inotify reports.
  static let everything: EventMask = [
    .modify, .attributes, .closeWrite, .movedFrom, .movedTo, .create, .delete, .deleteSelf,
    .moveSelf,
  ]

  let outside: TemporaryDirectory
  /// The watched one, inside `outside`.
  let path: String
  let inotify: InotifyDescriptor
  let watch: WatchDescriptor

  init(_ mask: EventMask = everything) throws {
    let outside = try TemporaryDirectory()
    let path = try outside.makeDirectory("drop")
    let inotify = try InotifyDescriptor()
    watch = try inotify.addWatch(at: Array(path.utf8), mask)
    self.outside = outside
    self.path = path
    self.inotify = inotify
  }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// The events that wait, in order; the kernel queues them before the call that causes them ends.
  func events() throws -> [InotifyEvent] {
    var events: [InotifyEvent] = []
    var buffer = EventBuffer()
    while try inotify.readEvents(into: &buffer, { events.append($0) }) {}
    return events
  }

  /// "CREATE a", "DELETE_SELF": without the watch, which most tests have only one of.
  func reports() throws -> [String] {
    try events().map { event in
      let name = String(decoding: event.name, as: UTF8.self)
      return name.isEmpty ? "\(event.mask)" : "\(event.mask) \(name)"
    }
  }
}
