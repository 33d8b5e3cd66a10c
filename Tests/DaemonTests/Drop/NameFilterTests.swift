// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct NameFilterTests {
  private let defaults = NameFilter(
    include: DaemonConfiguration().drop.include, exclude: DaemonConfiguration().drop.exclude)

  @Test(arguments: [
    ("a.txt", true), (".hidden", false), ("a~", false), ("a.tmp", false), ("a.part", false),
    ("a.filepart", false), ("a.crdownload", false), (".~lock.a.odt#", false), ("tmp", true),
    ("a.tmp.txt", true), ("part", true),
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

  @Test func nothingIncludedAdmitsNothing() {
    let filter = NameFilter(include: [], exclude: [])
    #expect(!filter.wants(Array("a".utf8), isDirectory: false))
  }

  @Test func namesAreBytes() {
    #expect(defaults.wants([0xFF, 0xFE], isDirectory: false))
    #expect(!defaults.wants([0xFF, 0x7E], isDirectory: false))
  }
}
