// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct DropFileTests {
  @Test("only what is known to be gone is gone")
  func gone() throws {
    let directory = try TemporaryDirectory()
    try FileSystem.write([1], to: directory.path("a"))
    #expect(!DropFile.isGone(Array(directory.path("a").utf8)))
    #expect(DropFile.isGone(Array(directory.path("b").utf8)))
    #expect(DropFile.isGone(Array(directory.path("a/b").utf8)))
    // Too long to be looked at: nothing can be said.
    #expect(!DropFile.isGone(Array(directory.path(String(repeating: "x", count: 300)).utf8)))
  }
}
