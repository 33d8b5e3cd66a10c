// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Daemon
@testable import Inotify

@Suite(.timeLimit(.minutes(10)))
struct WayWatchTests {
  private let temporary: TemporaryDirectory
  private let drop: String

  init() throws {
    temporary = try TemporaryDirectory()
    try FileSystem.makeDirectory(temporary.path("a"))
    try FileSystem.makeDirectory(temporary.path("a/b"))
    drop = temporary.path("a/b/drop")
    try FileSystem.makeDirectory(drop)
  }

  /// Whether something has happened since it was asked last.
  private func hasNews(_ way: WayWatch) -> Bool {
    var poll = pollfd(fd: way.descriptor, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&poll, 1, 0) == 1 else { return false }
    var buffer = EventBuffer()
    return way.drain(&buffer)
  }

  @Test(arguments: ["a", "a/b", "a/b/drop"])
  func tellsOfARenamedDirectoryOnTheWay(_ path: String) throws {
    let way = try WayWatch()
    #expect(way.cover(Array(drop.utf8)))
    #expect(!hasNews(way))
    try FileSystem.rename(temporary.path(path), to: temporary.path("elsewhere"))
    #expect(hasNews(way))
    #expect(!hasNews(way))
  }

  @Test func tellsOfARemovedDirectoryAndOfOtherPermissions() throws {
    let way = try WayWatch()
    #expect(way.cover(Array(drop.utf8)))
    try #require(chmod(temporary.path("a/b"), 0o700) == 0)
    #expect(hasNews(way))
    FileSystem.removeTree(drop)
    #expect(hasNews(way))
    #expect(!way.cover(Array(drop.utf8)))
  }

  @Test func saysNothingOfWhatHappensInADirectory() throws {
    let way = try WayWatch()
    #expect(way.cover(Array(drop.utf8)))
    try FileSystem.write("text".utf8, to: drop + "/x.txt")
    try #require(chmod(drop + "/x.txt", 0o600) == 0)
    try FileSystem.makeDirectory(temporary.path("a/other"))
    try FileSystem.rename(temporary.path("a/other"), to: temporary.path("a/b/another"))
    #expect(!hasNews(way))
  }

  @Test func coversWhatIsThereAfterARename() throws {
    let way = try WayWatch()
    #expect(way.cover(Array(drop.utf8)))
    try FileSystem.rename(temporary.path("a"), to: temporary.path("old"))
    try FileSystem.makeDirectory(temporary.path("a"))
    try FileSystem.makeDirectory(temporary.path("a/b"))
    try FileSystem.makeDirectory(drop)
    #expect(hasNews(way))
    #expect(way.cover(Array(drop.utf8)))
    _ = hasNews(way)
    // What is not on the way any more is nobody's business.
    try FileSystem.rename(temporary.path("old"), to: temporary.path("older"))
    #expect(!hasNews(way))
    try FileSystem.rename(temporary.path("a/b"), to: temporary.path("b"))
    #expect(hasNews(way))
  }

  /// A link can be pointed elsewhere without a word of the directories behind it.
  @Test func aLinkOnTheWayIsNotCovered() throws {
    try FileSystem.makeSymbolicLink(at: temporary.path("link"), to: temporary.path("a"))
    let way = try WayWatch()
    #expect(!way.cover(Array(temporary.path("link/b/drop").utf8)))
    #expect(!way.cover(Array("not/absolute".utf8)))
    #expect(!way.cover(Array(temporary.path("a/missing").utf8)))
  }
}
