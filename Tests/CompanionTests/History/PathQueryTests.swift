// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct PathQueryTests {
  private func query(_ text: String) -> PathQuery {
    PathQuery(
      Array(text.utf8), workingDirectory: Array("/srv/drop/wire".utf8),
      drops: ["/srv/drop", "/srv/web"].map { Array($0.utf8) })
  }

  @Test(
    "a path is found by its place in the drop directory or in the file system",
    arguments: [
      ("wire/a", "wire/a", "/srv/drop", true), ("a", "wire/a", "/srv/drop", true),
      ("a", "a", "/srv/web", true), ("/srv/drop/wire/a", "wire/a", "/srv/drop", true),
      ("/srv/drop/wire/a", "wire/a", "/srv/web", false), ("/srv/drop/wire/a", "wire/a", "", true),
      ("../x//./a", "x/a", "/srv/drop", true), ("./wire/a", "wire/a", "/srv/web", true),
      ("/etc/a", "a", "/srv/drop", false), ("b", "wire/a", "/srv/drop", false),
    ] as [(String, String, String, Bool)])
  func matching(_ text: String, _ path: String, _ drop: String, _ expected: Bool) {
    #expect(query(text).matches(Array(path.utf8), drop: Array(drop.utf8)) == expected)
  }

  @Test("a name that is not UTF-8 is found by its lossy form")
  func lossy() {
    #expect(query("c\u{FFFD}").matches([0x63, 0xE9], drop: []))
  }
}
