// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Daemon

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

  private func text(_ path: String) throws -> String {
    String(decoding: try FileSystem.read(path), as: UTF8.self)
  }

  @Test(arguments: ["a.txt", "desk/a.txt", "desk/sport/a.txt"])
  func aFileKeepsItsRelativePath(path: String) throws {
    try scene.write(path, "recorded")
    #expect(try move(path) == .moved)
    #expect(!FileSystem.exists(scene.path(path)))
    #expect(try text("\(target)/\(path)") == "recorded")
  }

  @Test func aNameThatIsTakenGetsANumber() throws {
    for round in ["first", "second", "third"] {
      try scene.write("a.txt", round)
      #expect(try move("a.txt") == .moved)
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
}
