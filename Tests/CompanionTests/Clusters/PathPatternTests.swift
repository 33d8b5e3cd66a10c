// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct PathPatternTests {
  @Test(
    "a pattern is for the name, or with a slash for the whole path",
    arguments: [
      ("*.txt", "a.txt", true), ("*.txt", "wire/a.txt", true), ("*.txt", "a.md", false),
      ("wire/*", "wire/a.txt", true), ("wire/*", "wire/x/a.txt", false),
      ("wire/**", "wire/x/a.txt", true), ("wire/**/a*", "wire/a.txt", true),
      ("**/x/*", "wire/x/a.txt", true), ("/wire/*", "wire/a.txt", true),
      ("a", "wire/a/b", false), ("[ab]?", "wire/b1", true),
    ] as [(String, String, Bool)])
  func matching(_ pattern: String, _ path: String, _ expected: Bool) throws {
    #expect(try #require(PathPattern(pattern)).matches(Array(path.utf8)) == expected)
  }

  @Test("what can match nothing is refused", arguments: ["", "/", "[a", "x/[b"])
  func refusals(_ pattern: String) { #expect(PathPattern(pattern) == nil) }

  @Test("names that are not UTF-8 match as bytes")
  func bytes() throws {
    #expect(try #require(PathPattern("c*")).matches([0x63, 0xE9, 0x0A]))
  }
}
