// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon
@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct NameFilterTests {
  private let defaults = NameFilter(
    include: DaemonConfiguration().drop.include, exclude: DaemonConfiguration().drop.exclude)

  @Test(arguments: [
    ("a.txt", true), (".hidden", false), ("a~", false), ("a.tmp", false), ("a.part", false),
    ("a.filepart", false), ("a.crdownload", false), (".~lock.a.odt#", false), ("tmp", true),
    ("a.tmp.txt", true), ("part", true), ("A.TMP", false), ("A.Part", false),
    ("a.opdownload", false), ("a.download", false), ("a.partial", false), ("a.aria2", false),
    ("#a#", false), ("~$a.docx", false), ("download", true), ("a#", true), ("$a", true),
  ])
  func temporaryNamesDoNotTakePart(name: String, wanted: Bool) {
    #expect(defaults.wants(Array(name.utf8), isDirectory: false) == wanted)
  }

  @Test func includePatternsAreForFilesOnly() {
    let filter = NameFilter(include: ["*.txt"], exclude: [])
    #expect(filter.wants(Array("news".utf8), isDirectory: true))
    #expect(!filter.wants(Array("news".utf8), isDirectory: false))
    #expect(filter.wants(Array("news.txt".utf8), isDirectory: false))
  }

  @Test func excludePatternsWinAndAreForDirectoriesToo() {
    let filter = NameFilter(include: ["*"], exclude: ["old*"])
    #expect(!filter.wants(Array("old.txt".utf8), isDirectory: false))
    #expect(!filter.wants(Array("old".utf8), isDirectory: true))
  }

  @Test(arguments: ["Draft*", "draft*", "DRAFT*"])
  func excludePatternsDoNotTellCapitalLetters(pattern: String) throws {
    let filter = NameFilter(include: ["*"], exclude: [try GlobPattern(pattern)])
    for name in ["draft 1", "Draft 1", "DRAFT 1"] {
      #expect(!filter.wants(Array(name.utf8), isDirectory: false))
    }
  }

  @Test func aPathTakesPartByAllOfItsNames() {
    let filter = NameFilter(include: ["*.txt"], exclude: ["archive"])
    #expect(filter.wantsFile(Array("desk/a.txt".utf8)))
    #expect(!filter.wantsFile(Array("desk/a.png".utf8)))
    #expect(!filter.wantsFile(Array("archive/2026/a.txt".utf8)))
    #expect(filter.wantsTree([]))
    #expect(!filter.wantsTree(Array("desk/archive".utf8)))
  }

  @Test func nothingIncludedAdmitsNothing() {
    let filter = NameFilter(include: [], exclude: [])
    #expect(!filter.wants(Array("a".utf8), isDirectory: false))
  }

  @Test func namesAreBytes() {
    #expect(defaults.wants([0xFF, 0xFE], isDirectory: false))
    #expect(!defaults.wants([0xFF, 0x7E], isDirectory: false))
  }
}
