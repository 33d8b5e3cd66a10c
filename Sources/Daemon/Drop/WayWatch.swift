// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Inotify
internal import Posix
internal import Synchronization

/// Tells when a directory on the way to a drop directory or to the state is renamed, removed or
/// given other permissions, so that nobody has to look again and again whether a name still leads
/// where it did.
///
/// An inotify instance of its own: a watch of the same directory in that of the drop directories
/// would be one and the same, with one mask for both.
final class WayWatch: Sendable {
  private static let mask: EventMask = [
    .moveSelf, .deleteSelf, .attributes, .onlyDirectory, .doNotFollow,
  ]

  private let inotify: InotifyDescriptor
  /// By path: what is not on the way any more is let go when something else is there.
  private let watches = Mutex<[[UInt8]: WatchDescriptor]>([:])

  init() throws(InotifyError) { inotify = try InotifyDescriptor() }

  /// For poll(2); readable when something has happened.
  var descriptor: Int32 { inotify.descriptor }

  /// Watches the directories on the way to one, the root and itself among them.
  ///
  /// Call it before looking where the name leads, so that nothing falls between.
  ///
  /// - Parameter path: absolute, raw bytes.
  /// - Returns: false when a change may go unseen: where a link is on the way, a file system on
  ///   which others rename, or a directory that may not be watched.
  func cover(_ path: [UInt8]) -> Bool {
    guard path.first == UInt8(ascii: "/") else { return false }
    var way = [UInt8(ascii: "/")]
    var devices = Set<UInt64>()
    var isTold = cover(directory: way, &devices)
    for name in path.split(separator: UInt8(ascii: "/")) {
      if way.count > 1 { way.append(UInt8(ascii: "/")) }
      way += name
      // Behind one that cannot be watched there may be some that can.
      isTold = cover(directory: way, &devices) && isTold
    }
    return isTold
  }

  /// - Parameter devices: those whose file systems tell of everything.
  private func cover(directory path: [UInt8], _ devices: inout Set<UInt64>) -> Bool {
    guard let watch = try? inotify.addWatch(at: path, Self.mask),
      let identity = DirectoryIdentity(at: path)
    else { return false }
    let abandoned = watches.withLock { watches in
      let old = watches.updateValue(watch, forKey: path)
      return old.flatMap { watches.values.contains($0) ? nil : $0 }
    }
    if let abandoned { inotify.removeWatch(abandoned) }
    if devices.contains(identity.device) { return true }
    guard let kind = try? FileSystemKind.of(directory: path), kind.blindSpot == nil else {
      return false
    }
    devices.insert(identity.device)
    return true
  }

  /// Takes what has happened; whether it was to one of the directories, and not in it.
  func drain(_ buffer: inout EventBuffer) -> Bool {
    var found = false
    do throws(InotifyError) {
      while try inotify.readEvents(into: &buffer, { found = found || $0.name.isEmpty }) {}
    } catch {
      return true
    }
    return found
  }
}
