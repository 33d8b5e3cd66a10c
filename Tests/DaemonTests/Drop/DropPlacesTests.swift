// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Daemon
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct DropPlacesTests {
  private func failure(_ body: () throws(Errno) -> FileDescriptor) -> Errno? {
    do throws(Errno) {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  @Test func opensDirectoriesOfADropDirectory() throws {
    let scene = try DropScene()
    try scene.write("d/e/a")
    let places = scene.places()
    for directory in ["", "d", "d/e"] {
      let found = failure { () throws(Errno) in try places.open(Array(directory.utf8), in: 0) }
      #expect(found == nil)
    }
    #expect(failure { () throws(Errno) in try places.open(Array("f".utf8), in: 0) } == .notFound)
  }

  @Test func followsNoLinkBelowADropDirectory() throws {
    let scene = try DropScene()
    let elsewhere = try scene.temporary.makeDirectory("elsewhere")
    try FileSystem.makeSymbolicLink(at: scene.path("link"), to: elsewhere)
    let places = scene.places()
    let found = failure { () throws(Errno) in try places.open(Array("link".utf8), in: 0) }
    #expect(found != nil)
  }

  @Test func theDropDirectoryItselfMayBeALink() throws {
    let scene = try DropScene()
    let link = scene.temporary.path("link")
    try FileSystem.makeSymbolicLink(at: link, to: scene.path)
    let places = DropPlaces(
      directories: [Array(link.utf8)], minimumWords: 1, limits: scene.limits)
    #expect(failure { () throws(Errno) in try places.openRoot(0) } == nil)
  }

  @Test func aReplacedDropDirectoryIsTheOneThatIsOpened() throws {
    let scene = try DropScene()
    let places = scene.places()
    try scene.write("old/a")
    try FileSystem.rename(scene.path, to: scene.temporary.path("away"))
    try scene.write("new/a")
    #expect(failure { () throws(Errno) in try places.open(Array("new".utf8), in: 0) } == nil)
    #expect(failure { () throws(Errno) in try places.open(Array("old".utf8), in: 0) } == .notFound)
  }

  @Test func aReloadChangesTheLimits() throws {
    let places = try DropScene().places()
    var limits = places.limits
    limits.maximumSize = 7
    places.limits = limits
    #expect(places.limits.maximumSize == 7)
  }
}
