// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// The tree that the tests are of, and the programs built from it.
enum Sources {
  static let root = parent(parent(parent(#filePath)))

  static func script(_ name: String) -> String { "\(root)/scripts/\(name)" }

  static let wireStory = "\(root)/Tests/Fixtures/wire-story"

  /// The daemon, by its real path: what is shared with a box is at that.
  static let daemon: String = {
    guard let real = realpath(DaemonBinary.path, nil) else { return DaemonBinary.path }
    defer { free(real) }
    return String(cString: real)
  }()

  /// The directory with neardupd and neardup.
  static let programs = parent(daemon)

  static func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
