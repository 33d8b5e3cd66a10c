// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Settings

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
  /// Neither files nor directories may match one of these, whether in capital or small letters of
  /// ASCII: "A.TMP" is as unfinished as "a.tmp".
  package let exclude: [GlobPattern]
  /// The same in small letters.
  private let excludedSmall: [GlobPattern]

  /// Makes a filter of patterns for single names, not for paths.
  package init(include: [GlobPattern], exclude: [GlobPattern]) {
    self.include = include
    self.exclude = exclude
    excludedSmall = exclude.map { pattern in
      let text = String(decoding: Self.small(Array(pattern.text.utf8)), as: UTF8.self)
      return (try? GlobPattern(text)) ?? pattern
    }
  }

  private static func small(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }

  /// Judges one name of a listing or an event.
  package func wants(_ name: [UInt8], isDirectory: Bool) -> Bool {
    let small = Self.small(name)
    if excludedSmall.contains(where: { $0.matches(small) }) { return false }
    return isDirectory || include.contains { $0.matches(name) }
  }
}
