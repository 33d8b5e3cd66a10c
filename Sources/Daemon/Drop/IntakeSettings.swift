// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the intake needs to know of the configuration; a reload replaces it as a whole.
package struct IntakeSettings: Sendable, Equatable {
  /// Whether directories in a drop directory are looked into.
  package var recursive: Bool
  /// Nanoseconds of quiet after which a written file counts as complete.
  package var settle: UInt64
  /// Which names take part.
  package var filter: NameFilter
  /// Nanoseconds between two scans that back the watch; 0 for none.
  package var rescanInterval: UInt64
  /// Nanoseconds between two scans where inotify does not see everything.
  package var pollInterval: UInt64
  /// Polling by configuration, whatever the file system.
  package var alwaysPolls: Bool
  /// Whether a deletion makes the document forgotten (`on-delete = "forget"`).
  package var forgetsDeleted: Bool
}

/// Which names take part: the include patterns for files, the exclude patterns for everything.
package struct NameFilter: Sendable, Equatable {
  /// Files must match one of these.
  package var include: [GlobPattern]
  /// Neither files nor directories may match one of these.
  package var exclude: [GlobPattern]

  /// Makes a filter of patterns for single names, not for paths.
  package init(include: [GlobPattern], exclude: [GlobPattern]) {
    self.include = include
    self.exclude = exclude
  }

  /// Judges one name of a listing or an event.
  package func wants(_ name: [UInt8], isDirectory: Bool) -> Bool {
    if exclude.contains(where: { $0.matches(name) }) { return false }
    return isDirectory || include.contains { $0.matches(name) }
  }
}
