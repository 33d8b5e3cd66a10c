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
  private static let lost: EventMask = [.delete, .movedFrom]

  /// Watches what is taken out of the state directory, and the way to it; a drop directory may lie
  /// there, too, and is watched as before. What cannot be watched is noticed with the next
  /// document.
  mutating func watchState() {
    stateWatch = nil
    guard let watcher, let state else { return }
    let path = FileSystemCalls.withoutLinks(state.directory) ?? state.directory
    _ = way?.cover(path)
    stateWatch = try? watcher.inotify.addWatch(
      at: path, Self.lost.union([.onlyDirectory, .added]))
  }

  func lookAtState(after event: InotifyEvent) {
    guard event.watch == stateWatch, !event.mask.isDisjoint(with: Self.lost) else { return }
    state?.look()
  }
}
