// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A directory of a test's own, removed with all that is in it when its last owner lets go.
package final class TemporaryDirectory: Sendable {
  package let path: String

  /// Makes it under TMPDIR, or /tmp; the name stays short because socket paths end at 107 bytes.
  package init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    // mkdtemp(3) puts characters of its own in the place of these six.
    let name = "\(base)/neardupd-test-" + String(repeating: "X", count: 6)
    var template = Array(name.utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallFailure("mkdtemp", base) }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    FileSystem.removeTree(path)
  }

  /// The path of something in it.
  package func path(_ relative: String) -> String {
    "\(path)/\(relative)"
  }

  /// Makes a directory in it, and those above, and answers its path.
  package func makeDirectory(_ relative: String) throws -> String {
    try FileSystem.makeDirectory(path(relative))
    return path(relative)
  }
}
