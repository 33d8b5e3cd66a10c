// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Daemon
@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct FileCountTests {
  @Test("as many are counted as a scan finds, with patterns and without subdirectories")
  func counts() throws {
    let scene = try DropScene()
    for name in ["a.txt", "b.tmp", "deep/c.txt", "deep/er/d.txt", "e.tmp/f.txt"] {
      try scene.write(name)
    }
    let filter = NameFilter(include: [GlobPattern("*")], exclude: [GlobPattern("*.tmp")])
    for recursive in [true, false] {
      let settings = IntakeSettings(
        recursive: recursive, settle: 0, filter: filter, rescanInterval: 0, pollInterval: 0,
        alwaysPolls: false, forgetsDeleted: false)
      let count = FileCount(places: scene.places(), settings: settings)
      let found = scene.scan(recursive: recursive, wants: { filter.wants($0, isDirectory: $1) })
      #expect(count.all { false } == found.paths.count)
      #expect(count.all { true } == nil)
    }
  }
}
