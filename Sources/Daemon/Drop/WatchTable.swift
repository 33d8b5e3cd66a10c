// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Posix

/// Which directory each inotify watch stands for.
struct WatchTable {
  struct Directory: Hashable {
    var drop: Int
    /// Relative to the drop directory; empty for the drop directory itself.
    var path: [UInt8]
  }

  private var directories: [WatchDescriptor: Directory] = [:]
  private var watches: [Directory: WatchDescriptor] = [:]

  var count: Int { directories.count }

  subscript(watch: WatchDescriptor) -> Directory? { directories[watch] }

  func contains(_ directory: Directory) -> Bool { watches[directory] != nil }

  /// The kernel gives one watch per inode: a directory that moved keeps its number, and its old
  /// name is forgotten here.
  mutating func insert(_ watch: WatchDescriptor, _ directory: Directory) {
    if let old = directories[watch], old != directory { watches[old] = nil }
    if let old = watches[directory], old != watch { directories[old] = nil }
    directories[watch] = directory
    watches[directory] = watch
  }

  mutating func remove(_ watch: WatchDescriptor) {
    guard let directory = directories.removeValue(forKey: watch) else { return }
    if watches[directory] == watch { watches[directory] = nil }
  }

  /// Takes out a directory and all below it; the caller removes the watches from the kernel.
  mutating func removeTree(drop: Int, path: [UInt8]) -> [WatchDescriptor] {
    let gone = directories.filter { _, directory in
      directory.drop == drop
        && (directory.path == path || RelativePath.isInside(directory.path, path))
    }
    for watch in gone.keys { remove(watch) }
    return Array(gone.keys)
  }

  /// Takes out the directories that `isUnwanted`; the caller removes the watches from the kernel.
  mutating func remove(where isUnwanted: (Directory) -> Bool) -> [WatchDescriptor] {
    let gone = directories.filter { isUnwanted($0.value) }
    for watch in gone.keys { remove(watch) }
    return Array(gone.keys)
  }

  func checkInvariants() {
    #if DEBUG
      precondition(directories.count == watches.count, "one watch per directory")
      for (directory, watch) in watches { precondition(directories[watch] == directory) }
    #endif
  }
}
