// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct GlobPatternTests {
  @Test(arguments: [
    ("", GlobPattern.Malformed.empty), ("a/b", .containsSlash), ("[a/b]", .containsSlash),
    ("\\/", .containsSlash), ("[a", .unclosedSet), ("[]", .unclosedSet), ("[!]", .unclosedSet),
    ("[a\\", .unclosedSet), ("[z-a]", .reversedRange), ("a\\", .trailingBackslash),
  ])
  func refuses(text: String, reason: GlobPattern.Malformed) {
    #expect(throws: reason) { try GlobPattern(text) }
  }

  @Test func neighbouringStarsAreOne() {
    #expect(GlobPattern("a****b").tokens == GlobPattern("a*b").tokens)
  }

  @Test func textIsKept() {
    #expect(GlobPattern("[a-z]*.txt").text == "[a-z]*.txt")
  }
}
