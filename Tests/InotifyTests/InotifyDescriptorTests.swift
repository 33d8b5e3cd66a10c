// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Inotify
import TestSupport
import Testing

@Suite("Inotify descriptor", .timeLimit(.minutes(10)))
struct InotifyDescriptorTests {
  @Test("reports a file that is written and closed")
  func write() throws {
    let drop = try WatchedDirectory()
    try FileSystem.write("text".utf8, to: drop.path("a"))
    #expect(try drop.reports() == ["CREATE a", "MODIFY a", "CLOSE_WRITE a"])
  }

  @Test("reports each close of a file that is appended to")
  func append() throws {
    let drop = try WatchedDirectory()
    try FileSystem.write("1".utf8, to: drop.path("a"))
    try FileSystem.append("2".utf8, to: drop.path("a"))
    try FileSystem.append("3".utf8, to: drop.path("a"))
    #expect(try drop.reports().count { $0 == "CLOSE_WRITE a" } == 3)
  }

  @Test("reports a rename into the directory, over an existing name too, with nothing else")
  func moveIn() throws {
    let drop = try WatchedDirectory()
    for text in ["one", "two"] {
      try FileSystem.write(text.utf8, to: drop.outside.path("new"))
      try FileSystem.rename(drop.outside.path("new"), to: drop.path("a"))
      #expect(try drop.reports() == ["MOVED_TO a"])
    }
  }

  @Test("pairs the two halves of a rename by their cookie")
  func moveWithin() throws {
    let drop = try WatchedDirectory([.movedFrom, .movedTo])
    try FileSystem.write("text".utf8, to: drop.path("a.part"))
    try FileSystem.rename(drop.path("a.part"), to: drop.path("a"))
    let events = try drop.events()
    #expect(events.map(\.mask) == [.movedFrom, .movedTo])
    #expect(events.map(\.name) == [Array("a.part".utf8), Array("a".utf8)])
    #expect(events.first?.cookie != 0 && events.first?.cookie == events.last?.cookie)
  }

  @Test("reports links as created only")
  func links() throws {
    let drop = try WatchedDirectory()
    try FileSystem.write("text".utf8, to: drop.outside.path("source"))
    try FileSystem.link(drop.outside.path("source"), to: drop.path("hard"))
    try FileSystem.makeSymbolicLink(at: drop.path("soft"), to: drop.outside.path("source"))
    #expect(try drop.reports() == ["CREATE hard", "CREATE soft"])
  }

  @Test("says nothing about a write through a name outside")
  func writeThroughOtherName() throws {
    let drop = try WatchedDirectory()
    try FileSystem.write("text".utf8, to: drop.outside.path("source"))
    try FileSystem.link(drop.outside.path("source"), to: drop.path("hard"))
    _ = try drop.events()
    try FileSystem.append("more".utf8, to: drop.outside.path("source"))
    #expect(try drop.reports().isEmpty)
  }

  @Test("reports truncation as a change and a mode as an attribute")
  func truncateAndMode() throws {
    let drop = try WatchedDirectory()
    try FileSystem.write("text".utf8, to: drop.path("a"))
    _ = try drop.events()
    try FileSystem.truncate(drop.path("a"), to: 1)
    try FileSystem.setMode(drop.path("a"), 0o600)
    #expect(try drop.reports() == ["MODIFY a", "ATTRIB a"])
  }

  @Test("reports only the top of a tree that is made or moved in")
  func trees() throws {
    let drop = try WatchedDirectory()
    try FileSystem.makeDirectory(drop.path("made/b/c"))
    try FileSystem.write("text".utf8, to: drop.path("made/b/c/file"))
    _ = try drop.outside.makeDirectory("tree/b")
    try FileSystem.rename(drop.outside.path("tree"), to: drop.path("tree"))
    #expect(try drop.reports() == ["CREATE|ISDIR made", "MOVED_TO|ISDIR tree"])
  }

  @Test("follows a directory that is renamed away and is silent about its successor")
  func renamedAway() throws {
    let drop = try WatchedDirectory()
    try FileSystem.rename(drop.path, to: drop.outside.path("old"))
    try FileSystem.makeDirectory(drop.path)
    try FileSystem.write("text".utf8, to: drop.path("unseen"))
    try FileSystem.write("text".utf8, to: drop.outside.path("old/seen"))
    #expect(
      try drop.reports() == ["MOVE_SELF", "CREATE seen", "MODIFY seen", "CLOSE_WRITE seen"])
  }

  @Test("ends the watch of a deleted directory, and removing it again is no error")
  func deleted() throws {
    let drop = try WatchedDirectory()
    FileSystem.removeTree(drop.path)
    #expect(try drop.reports() == ["DELETE_SELF", "IGNORED"])
    drop.inotify.removeWatch(drop.watch)
    #expect(try drop.reports().isEmpty)
  }

  @Test("answers a watch that is removed with IGNORED")
  func removeWatch() throws {
    let drop = try WatchedDirectory()
    drop.inotify.removeWatch(drop.watch)
    try FileSystem.write("text".utf8, to: drop.path("a"))
    #expect(try drop.reports() == ["IGNORED"])
  }

  @Test("keeps names as bytes", arguments: [[0xE9, 0x2E, 0x74], [0x61, 0x0A, 0x62], [0x20]])
  func rawNames(name: [UInt8]) throws {
    let drop = try WatchedDirectory([.create])
    let path = Array("\(drop.path)/".utf8) + name
    let descriptor = open(path.map { CChar(bitPattern: $0) } + [0], O_CREAT | O_WRONLY, 0o600)
    try #require(descriptor >= 0)
    close(descriptor)
    #expect(try drop.events().map(\.name) == [name])
  }

  @Test("gives one watch for one inode")
  func sameInode() throws {
    let drop = try WatchedDirectory()
    let again = try drop.inotify.addWatch(at: Array((drop.path + "/.").utf8), .create)
    #expect(again == drop.watch)
  }

  @Test(
    "sorts what cannot be watched",
    arguments: [
      ("missing", InotifyError.Code.notFound), ("file", .notADirectory), ("file/x", .notADirectory),
      ("nul\0", .other),
    ])
  func failures(name: String, code: InotifyError.Code) throws {
    let drop = try WatchedDirectory()
    try FileSystem.write("text".utf8, to: drop.path("file"))
    let path = Array(drop.path(name).utf8)
    let error = #expect(throws: InotifyError.self) {
      try drop.inotify.addWatch(at: path, [.create, .onlyDirectory])
    }
    #expect(error?.code == code)
    #expect(error?.path == path)
  }

  @Test(
    "reports one overflow, of no watch, when the kernel's queue is full",
    .enabled(if: queueLimit <= 100_000, "needs a queue that fills within seconds"))
  func overflow() throws {
    let drop = try WatchedDirectory([.movedFrom, .movedTo])
    try FileSystem.write("text".utf8, to: drop.path("a"))
    // Each rename queues two events, and no two in a row are equal, so that none are merged.
    for _ in 0...(Self.queueLimit / 4) {
      try FileSystem.rename(drop.path("a"), to: drop.path("b"))
      try FileSystem.rename(drop.path("b"), to: drop.path("a"))
    }
    let events = try drop.events()
    #expect(events.count == Self.queueLimit + 1)
    #expect(events.last?.mask == .queueOverflow)
    #expect(events.last?.watch == WatchDescriptor(rawValue: -1))
    #expect(events.count { $0.mask == .queueOverflow } == 1)
  }

  private static let queueLimit: Int = {
    let bytes = try? FileSystem.read("/proc/sys/fs/inotify/max_queued_events")
    let digits = String(decoding: (bytes ?? []).prefix { $0 != 0x0A }, as: UTF8.self)
    return Int(digits) ?? .max
  }()

  @Test("closes its descriptor, which no child inherits")
  func ownership() throws {
    var number: Int32 = -1
    do {
      let inotify = try InotifyDescriptor()
      number = inotify.descriptor
      #expect(fcntl(number, F_GETFD) == FD_CLOEXEC)
      #expect(fcntl(number, F_GETFL) & O_NONBLOCK != 0)
      // Events of another test's descriptor cannot come through this one.
      var buffer = EventBuffer()
      #expect(try !inotify.readEvents(into: &buffer) { _ in })
    }
    // Another test may have been given the number since; then it is no inotify of ours.
    #expect(number >= 0)
  }
}
