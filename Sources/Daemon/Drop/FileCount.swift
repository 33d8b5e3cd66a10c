// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix

/// Counts the files that a scan finds, in one pass over each directory and without sorting names.
struct FileCount {
  /// Directories that wait for their turn; beyond that the end stays out of sight.
  private static let limit = 1 << 20

  let places: DropPlaces
  let settings: IntakeSettings

  /// Nil when it was stopped, which is asked before each directory, or there is too much to
  /// remember. What cannot be listed counts nothing: the scan tells of it.
  func all(isStopped: () -> Bool) -> Int? {
    var count = 0
    for drop in places.directories.indices {
      var waiting: [[UInt8]] = [[]]
      while let directory = waiting.popLast() {
        if isStopped() || waiting.count > Self.limit { return nil }
        count += files(of: directory, in: drop, &waiting)
      }
    }
    return count
  }

  /// How many files a directory itself has; its directories are left in `waiting`.
  private func files(
    of directory: [UInt8], in drop: Int, _ waiting: inout [[UInt8]]
  ) -> Int {
    var count = 0
    var directories: [[UInt8]] = []
    do throws(Errno) {
      let descriptor = try places.open(directory, in: drop)
      try DirectoryListing.forEachName(in: descriptor) { name, isDirectory in
        let isWalked = isDirectory && settings.recursive
        guard settings.filter.wants(name, isDirectory: isWalked) else { return }
        if isWalked { directories.append(name) } else { count += 1 }
      }
    } catch {
      return 0
    }
    for name in directories { waiting.append(RelativePath.joined(directory, name)) }
    return count
  }
}
