// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Daemon
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct FileQuietTests {
  private static let second: UInt64 = 1_000_000_000
  private let scene: DropScene

  init() throws { scene = try DropScene() }

  /// As a worker asks of a file that may still be open, at a moment of the daemon's own clock.
  private func judge(
    _ descriptor: borrowing FileDescriptor, _ identity: FileIdentity, settle: UInt64 = 0,
    quiet: UInt64, now: UInt64 = 0, links: UInt64 = 1, _ change: (inout FileJob) -> Void = { _ in }
  ) -> FileQuiet {
    var job = FileJob(key: DroppedFile(drop: 0, path: []), mayBeOpen: true)
    change(&job)
    let limits = FileReader.Limits(
      maximumSize: 1 << 20, followLinks: false, waitsForWriters: true, settle: Int64(settle),
      quietTime: Int64(quiet))
    return FileQuiet.judge(descriptor, identity, links: links, job, limits, now: now)
  }

  private func withFile(
    _ name: String, _ body: (borrowing FileDescriptor, FileIdentity) throws -> Void
  ) throws {
    let root = try scene.places().openRoot(0)
    let file = try FileSystemCalls.openAt(root, Array(name.utf8), FileSystemCalls.fileFlags)
    try body(file, FileIdentity(try FileSystemCalls.status(of: file)))
  }

  @Test func anOpenWriterIsNoticed() throws {
    let path = try scene.write("a")
    let writer = Glibc.open(path, O_WRONLY | O_CLOEXEC)
    try #require(writer >= 0)
    try withFile("a") { #expect(judge($0, $1, quiet: 0) == .unsettled(nil, wait: nil)) }
    close(writer)
    // The lease decides: however fresh the file is, nobody has it open.
    try withFile("a") { #expect(judge($0, $1, quiet: 3_600 * Self.second) == .settled) }
  }

  @Test func anOpenReaderIsNoWriter() throws {
    let path = try scene.write("a")
    let other = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    defer { close(other) }
    try withFile("a") { #expect(judge($0, $1, quiet: 3_600 * Self.second) == .settled) }
  }

  /// No leases on a directory: it stands for a file system without them, or another's file.
  private func withoutLeases(_ body: (borrowing FileDescriptor) throws -> Void) throws {
    try body(try scene.places().openRoot(0))
  }

  @Test(arguments: [0, Int64.max, Int64.min, 5_000_000_000])
  func whereLeasesDoNotTellOnlyTheOwnClockCounts(stamp: Int64) throws {
    let identity = FileIdentity(device: 1, inode: 1, size: 1, modified: stamp, changed: stamp)
    try withoutLeases { file in
      let seen = SeenFile(identity: identity, since: 100 * Self.second)
      let first = judge(file, identity, quiet: 2 * Self.second, now: 100 * Self.second)
      #expect(first == .unsettled(seen, wait: 2 * Self.second))
      let early = judge(file, identity, quiet: 2 * Self.second, now: 101 * Self.second) {
        $0.seen = seen
      }
      #expect(early == .unsettled(seen, wait: Self.second))
      let late = judge(file, identity, quiet: 2 * Self.second, now: 102 * Self.second) {
        $0.seen = seen
      }
      #expect(late == .settled)
    }
  }

  @Test func whatChangedBeginsToBeQuietAnew() throws {
    let before = FileIdentity(device: 1, inode: 1, size: 1, modified: 5, changed: 5)
    let touched = FileIdentity(device: 1, inode: 1, size: 1, modified: 5, changed: 6)
    try withoutLeases { file in
      let found = judge(file, touched, quiet: 2 * Self.second, now: 200 * Self.second) {
        $0.seen = SeenFile(identity: before, since: 100 * Self.second)
      }
      let seen = SeenFile(identity: touched, since: 200 * Self.second)
      #expect(found == .unsettled(seen, wait: 2 * Self.second))
    }
  }

  @Test func whereOthersWriteQuietTakesTheSettlingLonger() throws {
    _ = try scene.write("a")
    // Nobody here has it open, which says nothing of others.
    try withFile("a") { file, identity in
      let found = judge(file, identity, settle: 3, quiet: 20, now: 7) { $0.changesUnseen = true }
      #expect(found == .unsettled(SeenFile(identity: identity, since: 7), wait: 23))
    }
  }

  @Test func aFileThatWasNotClosedIsWaitedForLonger() throws {
    let identity = FileIdentity(device: 1, inode: 1, size: 1, modified: 0, changed: 0)
    try withoutLeases { file in
      let found = judge(file, identity, quiet: 20, now: 7) { $0.awaitsClose = true }
      let seen = SeenFile(identity: identity, since: 7)
      #expect(found == .unsettled(seen, wait: FileQuiet.openPatience))
      // A hard link is never closed under its new name.
      let linked = judge(file, identity, quiet: 20, now: 7, links: 2) { $0.awaitsClose = true }
      #expect(linked == .unsettled(seen, wait: 20))
    }
  }

  @Test(arguments: [true, false])
  func whatAScanFindsMustNotHaveBeenWrittenLately(isScan: Bool) throws {
    let now = Clocks.wall()
    let old = now - 7_200_000_000_000
    let stamps = [(now, old), (old, now), (now + 7_200_000_000_000, now), (old, old)]
    try withFile(".") { file, _ in
      let found = stamps.map { modified, changed in
        let identity = FileIdentity(
          device: 1, inode: 1, size: 1, modified: modified, changed: changed)
        return judge(file, identity, settle: 3_600 * Self.second, quiet: 0) { job in
          job.mayBeOpen = false
          job.mayBeRecorded = isScan
          job.mustBeQuiet = !isScan
        } == .settled
      }
      // A stamp that somebody set into the future does not hide that it was set just now.
      #expect(found == (isScan ? [false, false, false, true] : [false, true, true, true]))
    }
  }
}
