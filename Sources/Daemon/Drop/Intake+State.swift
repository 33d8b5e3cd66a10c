// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Posix

/// Where the state is. Who waits for documents looks after it: nobody writes there meanwhile.
struct StatePlace: Sendable {
  /// Absolute, raw bytes.
  var directory: [UInt8]
  /// Makes the task that writes the state see whether it still is where it was.
  var look: @Sendable () -> Void
}

/// A state directory that is deleted or moved is noticed at once, not with the next document.
///
/// By events alone: to look at it now and then would wake an idle daemon.
extension Intake {
  private static let lost: EventMask = [.delete, .movedFrom, .deleteSelf, .moveSelf, .unmount]

  /// Watches the state directory and what it lies in; the drop directories may lie there, too, and
  /// are watched as before.
  mutating func watchState() {
    stateWatches = []
    guard let watcher, let state else { return }
    var path = FileSystemCalls.withoutLinks(state.directory) ?? state.directory
    var mask: EventMask = [.delete, .movedFrom, .deleteSelf, .moveSelf]
    while path.count > 1 {
      // What cannot be watched is noticed with the next document.
      if let watch = try? watcher.inotify.addWatch(at: path, mask.union([.onlyDirectory, .added])) {
        stateWatches.insert(watch)
      }
      guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return }
      path.removeSubrange(slash...)
      // Of the others only their own names matter.
      mask = [.deleteSelf, .moveSelf]
    }
  }

  func lookAtState(after event: InotifyEvent) {
    guard !stateWatches.isEmpty, stateWatches.contains(event.watch),
      !event.mask.isDisjoint(with: Self.lost)
    else { return }
    state?.look()
  }
}
