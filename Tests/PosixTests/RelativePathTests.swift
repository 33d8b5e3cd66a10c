// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct RelativePathTests {
  @Test(arguments: [("", "a", "a"), ("d", "a", "d/a"), ("d/e", "a.txt", "d/e/a.txt")])
  func joins(directory: String, name: String, path: String) {
    #expect(RelativePath.joined(Array(directory.utf8), Array(name.utf8)) == Array(path.utf8))
  }

  @Test(arguments: [("", []), ("a", ["a"]), ("a/b", ["a", "b"]), ("/a//b/", ["a", "b"])])
  func splits(path: String, components: [String]) {
    let found = RelativePath.components(Array(path.utf8)).map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(found == components)
  }

  @Test(arguments: [
    ("d/a", "d", true), ("d/e/a", "d", true), ("a", "", true), ("d", "d", false),
    ("da", "d", false), ("d.txt", "d", false), ("e/d/a", "d", false), ("d", "d/a", false),
  ])
  func knowsWhatLiesInADirectory(path: String, directory: String, isInside: Bool) {
    #expect(RelativePath.isInside(Array(path.utf8), Array(directory.utf8)) == isInside)
  }

  @Test func namesThatAreNotUTF8StayAsTheyAre() {
    let name: [UInt8] = [0xE9, 0x00 ^ 0x80]
    #expect(RelativePath.components(RelativePath.joined([0xFF], name)) == [[0xFF], name[...]])
  }

  @Test(arguments: [
    (Array("Zürich.txt".utf8), "Zürich.txt"), ([0x61, 0xE9], "a\u{FFFD}"),
    (Array("a\nb".utf8), "a\\u{a}b"), ([0x1B, 0x5B, 0x7F], "\\u{1b}[\\u{7f}"),
    (Array("\u{9B}1m".utf8), "\\u{9b}1m"), (Array("a\u{202E}txt".utf8), "a\\u{202e}txt"),
    (Array("a\u{2028}b".utf8), "a\\u{2028}b"),
  ])
  func messagesShowNoControlCharacters(path: [UInt8], text: String) {
    #expect(ReadablePath.text(path) == text)
  }
}
