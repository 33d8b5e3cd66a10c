// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Daemon
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct FileMoverTests {
  private let scene: DropScene
  private var target: String { scene.temporary.path("done") }

  init() throws {
    scene = try DropScene()
    _ = try scene.temporary.makeDirectory("done")
  }

  private func identity(_ path: String) throws -> FileIdentity {
    let places = scene.places()
    let root = try places.openRoot(0)
    let found = FileReader.identity(of: Array(path.utf8), in: root, followLinks: false)
    return try #require(found)
  }

  private func move(
    _ path: String, as identity: FileIdentity? = nil, to target: String? = nil
  ) throws -> FileMover.Outcome {
    let mover = FileMover(target: Array((target ?? self.target).utf8), places: scene.places())
    return try mover.move(
      DroppedFile(drop: 0, path: Array(path.utf8)),
      recordedAs: identity ?? self.identity(path))
  }

  private func isMoved(_ path: String) throws -> Bool {
    if case .moved = try move(path) { true } else { false }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try FileSystem.read(path), as: UTF8.self)
  }

  @Test(arguments: ["a.txt", "desk/a.txt", "desk/sport/a.txt"])
  func aFileKeepsItsRelativePath(path: String) throws {
    try scene.write(path, "recorded")
    #expect(try isMoved(path))
    #expect(!FileSystem.exists(scene.path(path)))
    #expect(try text("\(target)/\(path)") == "recorded")
  }

  @Test func aNameThatIsTakenGetsANumber() throws {
    for round in ["first", "second", "third"] {
      try scene.write("a.txt", round)
      #expect(try isMoved("a.txt"))
    }
    #expect(try text("\(target)/a.txt") == "first")
    #expect(try text("\(target)/a.txt.2") == "second")
    #expect(try text("\(target)/a.txt.3") == "third")
  }

  @Test func otherContentThanWasRecordedStays() throws {
    try scene.write("a.txt", "recorded")
    let recorded = try identity("a.txt")
    try scene.write("a.txt", "of another length")
    #expect(try move("a.txt", as: recorded) == .changed)
    #expect(try text(scene.path("a.txt")) == "of another length")
    #expect(!FileSystem.exists("\(target)/a.txt"))
  }

  @Test func whatIsGoneIsNoTrouble() throws {
    try scene.write("a.txt", "recorded")
    let recorded = try identity("a.txt")
    try FileSystem.remove(scene.path("a.txt"))
    #expect(try move("a.txt", as: recorded) == .changed)
  }

  @Test func withoutItsTargetAFileStays() throws {
    try scene.write("a.txt", "recorded")
    #expect(throws: Errno.notFound) { try move("a.txt", to: "\(target)/missing") }
    #expect(try text(scene.path("a.txt")) == "recorded")
  }

  @Test func aLinkInTheTargetLeadsNowhere() throws {
    try scene.write("desk/a.txt", "recorded")
    _ = try scene.temporary.makeDirectory("elsewhere")
    try FileSystem.makeSymbolicLink(
      at: "\(target)/desk", to: scene.temporary.path("elsewhere"))
    #expect(throws: Errno.self) { try move("desk/a.txt") }
    #expect(try text(scene.path("desk/a.txt")) == "recorded")
    #expect(!FileSystem.exists(scene.temporary.path("elsewhere/a.txt")))
  }

  @Test(.enabled("needs the right to mount") { SmallFileSystem.isPossible })
  func onAnotherFileSystemNothingIsMoved() throws {
    let small = try SmallFileSystem(kilobytes: 64)
    try scene.write("a.txt", "recorded")
    #expect(throws: Errno(number: EXDEV)) { try move("a.txt", to: small.path) }
    #expect(try text(scene.path("a.txt")) == "recorded")
    #expect(!FileSystem.exists(small.path("a.txt")))
  }

  /// Each takes the name that it looked for in one step, so that none takes another's place.
  @Test func twoMoversThatTakeOneNameLoseNothing() async throws {
    let other = try DropScene()
    let target = target
    let files = 400
    for number in 0..<files {
      try scene.write("f\(number)", "first \(number)")
      try other.write("f\(number)", "second \(number)")
    }
    await withTaskGroup(of: Void.self) { tasks in
      for places in [scene.places(), other.places()] {
        tasks.addTask {
          let mover = FileMover(target: Array(target.utf8), places: places)
          for number in 0..<files {
            let path = Array("f\(number)".utf8)
            guard let root = try? places.openRoot(0),
              let identity = FileReader.identity(of: path, in: root, followLinks: false)
            else { continue }
            _ = try? mover.move(DroppedFile(drop: 0, path: path), recordedAs: identity)
          }
        }
      }
    }
    var count = 0
    try DirectoryListing.forEachName(
      in: FileSystemCalls.openDirectory(Array(target.utf8))
    ) { _, _ in count += 1 }
    #expect(count == 2 * files)
  }

  @Test func aNameThatIsAsLongAsCanBeIsCutForItsNumber() throws {
    let name = String(repeating: "é", count: 127)
    for round in ["first", "second"] {
      try scene.write(name, round)
      #expect(try isMoved(name))
    }
    #expect(try text("\(target)/\(name)") == "first")
    #expect(try text("\(target)/\(name.dropLast(1)).2") == "second")
  }

  @Test func aFileThatSomebodyHasOpenForWritingStays() throws {
    let path = try scene.write("a.txt", "recorded")
    let writer = Glibc.open(path, O_WRONLY | O_CLOEXEC)
    #expect(try move("a.txt") == .open)
    close(writer)
    #expect(try isMoved("a.txt"))
  }

  @Test func aTargetThatLeadsIntoADropDirectoryIsNone() throws {
    try scene.write("sub/b.txt", "text")
    try scene.write("a.txt", "recorded")
    try FileSystem.makeSymbolicLink(at: scene.temporary.path("link"), to: scene.path("sub"))
    #expect(try move("a.txt", to: scene.temporary.path("link")) == .intoItself)
    #expect(try text(scene.path("a.txt")) == "recorded")
  }

  @Test func aMovedFileThatGrowsIsPutBack() throws {
    try scene.write("desk/a.txt", "recorded")
    guard case .moved(let moved, _) = try move("desk/a.txt") else {
      Issue.record("not moved")
      return
    }
    let mover = FileMover(target: Array(target.utf8), places: scene.places())
    #expect(try mover.isUnchanged(moved))
    try FileSystem.append(" and more".utf8, to: "\(target)/desk/a.txt")
    #expect(try !mover.isUnchanged(moved))
    // Another file has come meanwhile.
    try scene.write("desk/a.txt", "next")
    try mover.takeBack(moved)
    #expect(try text(scene.path("desk/a.txt")) == "next")
    #expect(try text(scene.path("desk/a.txt.2")) == "recorded and more")
  }
}
