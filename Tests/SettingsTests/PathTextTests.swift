// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct PathTextTests {
  @Test(arguments: [
    ("/srv/drop", "/srv/drop"), ("/srv/drop/", "/srv/drop"), ("/srv//drop///", "/srv/drop"),
    ("/", "/"), ("//", "/"), ("drop", "/home/ed/drop"), ("./drop/.", "/home/ed/drop"),
    (".", "/home/ed"), ("..", "/home"), ("../../../..", "/"), ("../x/../drop", "/home/drop"),
    ("/srv/..drop", "/srv/..drop"), ("/srv/a b", "/srv/a b"), ("é/\u{301}x", "/home/ed/é/\u{301}x"),
  ])
  func becomesAbsoluteAndNormal(text: String, path: String) throws {
    #expect(try Array(PathText.absolute(text, from: "/home/ed").utf8) == Array(path.utf8))
  }

  @Test(arguments: ["", "/srv/\0x", "/srv/\u{FFFD}"])
  func refusesWhatNamesNoFile(text: String) {
    #expect(throws: ValueProblem.self) { try PathText.absolute(text, from: "/") }
  }

  @Test(arguments: [
    ("/srv", "/srv", true), ("/srv", "/srv/drop", true), ("/srv", "/srvx", false),
    ("/srv/drop", "/srv", false), ("/", "/srv", true), ("/", "/", true),
    // Canonically equal texts are different names.
    ("/srv/\u{E9}", "/srv/e\u{301}", false),
  ])
  func containment(directory: String, path: String, isInside: Bool) {
    #expect(PathText.contains(directory, path) == isInside)
  }
}
