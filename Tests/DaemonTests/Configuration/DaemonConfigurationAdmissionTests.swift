// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct DaemonConfigurationAdmissionTests {
  @Test(arguments: [
    ("story.txt", true), ("2024/05/story", true), (".hidden", false), ("story.txt~", false),
    ("up.part", false), ("up.filepart", false), ("x.crdownload", false), (".~lock.a#", false),
    ("x.tmp", false), (".cache/story.txt", false), ("work.tmp/story.txt", false), ("", false),
    ("a//b", true),
  ])
  func defaultsPassOverUnfinishedFiles(path: String, isAdmitted: Bool) {
    #expect(DaemonConfiguration().drop.admitsFile(Array(path.utf8)) == isAdmitted)
  }

  @Test(arguments: [
    ("a.txt", true), ("a.html", false), ("sub/a.txt", true), ("sub.txt/a.html", false),
    ("keep/draft-1.txt", false), ("draft-1/a.txt", false),
  ])
  func includeLooksAtTheNameAndExcludeAtThePath(path: String, isAdmitted: Bool) {
    var drop = DaemonConfiguration.Drop()
    drop.include = ["*.txt", "*.md"]
    drop.exclude = ["draft-*"]
    #expect(drop.admitsFile(Array(path.utf8)) == isAdmitted)
  }

  @Test func directoriesNeedNoInclude() {
    var drop = DaemonConfiguration.Drop()
    drop.include = ["*.txt"]
    #expect(drop.admitsDirectory(Array("2024".utf8)))
    #expect(!drop.admitsDirectory(Array(".git".utf8)))
  }

  @Test func nothingIncludedAdmitsNothing() {
    var drop = DaemonConfiguration.Drop()
    drop.include = []
    #expect(!drop.admitsFile(Array("a".utf8)))
  }
}
