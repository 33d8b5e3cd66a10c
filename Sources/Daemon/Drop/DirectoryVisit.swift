// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Inotify
internal import Posix

/// Who watches directories: shared by the threads that open them.
final class DirectoryWatcher: Sendable {
  let inotify: InotifyDescriptor

  init(_ inotify: consuming InotifyDescriptor) { self.inotify = inotify }

  /// Watches an open directory.
  ///
  /// By its descriptor's name in /proc, so that neither a link in between nor a path longer than
  /// PATH_MAX can lead elsewhere.
  func watch(_ directory: borrowing FileDescriptor) throws(InotifyError) -> WatchDescriptor {
    try inotify.addWatch(at: Array("/proc/self/fd/\(directory.number)".utf8), Intake.mask)
  }

  /// Whether descriptors have names at all: without /proc nothing can be watched.
  static var isPossible: Bool { access("/proc/self/fd", X_OK) == 0 }
}

/// A look at one directory, made in one go: opened, watched, told apart from others, listed.
struct DirectoryVisit: Sendable {
  let places: DropPlaces
  let drop: Int
  let filter: NameFilter
  /// nil where nothing is to be watched.
  let watcher: DirectoryWatcher?
  /// The file systems that were looked up already, by their device.
  let knownKinds: Set<UInt64>

  /// What a visit came to.
  struct Finding: Sendable {
    var listing: DirectoryListing.Portion
    /// nil when it could not be opened.
    var identity: DirectoryIdentity?
    var watch: Result<WatchDescriptor, InotifyError>?
    /// Of a device that was not known.
    var kind: FileSystemKind?
    /// It is one of the daemon's own directories, which is not listed.
    var isOwn = false
  }

  func make(_ portion: DirectoryScanner.Portion, _ life: SignOfLife) -> Finding {
    do throws(Errno) {
      let directory = try places.open(portion.directory, in: drop)
      let identity = try DirectoryIdentity(of: directory)
      var finding = Finding(listing: .init(error: .notFound), identity: identity)
      if places.isOwn(identity) {
        finding.listing.error = nil
        finding.isOwn = true
        return finding
      }
      if !knownKinds.contains(identity.device) {
        finding.kind = FileSystemKind.of(directory: directory.number)
      }
      // The watch comes before the listing: what arrives in between is reported, not lost.
      if portion.after == nil, let watcher {
        do throws(InotifyError) {
          finding.watch = .success(try watcher.watch(directory))
        } catch {
          finding.watch = .failure(error)
        }
      }
      life.give()
      finding.listing = .init(
        of: directory, portion, wants: { filter.wants($0, isDirectory: $1) }, life: life)
      if places.familiar.isUsed {
        finding.listing.names.removeAll { isFamiliar($0, directory, portion.directory, life) }
      }
      return finding
    } catch {
      return Finding(listing: .init(error: error))
    }
  }

  /// Whether nothing has happened to a file since it was last looked at: it need not even be asked
  /// for then.
  private func isFamiliar(
    _ name: [UInt8], _ directory: borrowing FileDescriptor, _ path: [UInt8], _ life: SignOfLife
  ) -> Bool {
    guard name.last != RelativePath.separator,
      let status = try? FileSystemCalls.status(name, in: directory)
    else { return false }
    life.give()
    let file = DroppedFile(drop: drop, path: RelativePath.joined(path, name))
    return places.familiar.contains(file, FileIdentity(status))
  }
}
