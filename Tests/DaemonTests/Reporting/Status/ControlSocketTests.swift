// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Daemon
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct ControlSocketTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func aStaleSocketIsReplaced() throws {
    let path = directory.path("status.sock")
    // Bound and closed without being removed, as a killed daemon leaves it.
    let old = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    try UnixAddress(path).bind(old)
    close(old)
    let new = try ControlSocket(path: path, link: nil)
    _ = try ControlScene.Client(path)
    _ = consume new
    #expect(!FileSystem.exists(path))
  }

  @Test func aLivingOneIsLeftAlone() throws {
    let path = directory.path("status.sock")
    let living = try ControlSocket(path: path, link: nil)
    #expect(throws: Errno(number: EADDRINUSE)) { _ = try ControlSocket(path: path, link: nil) }
    _ = try ControlScene.Client(path)
    _ = consume living
  }

  @Test func whatIsNoSocketIsLeftAlone() throws {
    let path = directory.path("status.sock")
    try FileSystem.write("precious".utf8, to: path)
    #expect(throws: Errno.self) { _ = try ControlSocket(path: path, link: nil) }
    #expect(try FileSystem.read(path) == Array("precious".utf8))
  }

  @Test func aLinkIsReplacedAndAFileInItsPlaceIsNot() throws {
    let (path, link) = (directory.path("status.sock"), directory.path("link"))
    try FileSystem.makeSymbolicLink(at: link, to: directory.path("gone.sock"))
    do {
      let socket = try ControlSocket(path: path, link: link)
      _ = try ControlScene.Client(link)
      _ = consume socket
    }
    // A daemon that has no runtime directory any more finds its own link.
    try FileSystem.makeSymbolicLink(at: path, to: directory.path("gone.sock"))
    let socket = try ControlSocket(path: path, link: nil)
    _ = try ControlScene.Client(path)
    _ = consume socket
  }

  @Test func aPathTooLongForAnAddressWorks() throws {
    let deep = "\(String(repeating: "d", count: 90))/\(String(repeating: "e", count: 90))"
    _ = try directory.makeDirectory(String(repeating: "d", count: 90))
    _ = try directory.makeDirectory(deep)
    let path = directory.path("\(deep)/status.sock")
    let socket = try ControlSocket(path: path, link: nil)
    _ = try ControlScene.Client(path)
    _ = consume socket
    #expect(!FileSystem.exists(path))
  }
}
