// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct FileSystemCallsReplacingTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func replace(_ name: String, _ text: String, mode: mode_t = 0o644) throws {
    let path = Array(directory.path(name).utf8)
    try FileSystemCalls.replaceFile(path, with: Array(text.utf8), mode: mode)
  }

  @Test func oldContentIsReplacedAsAWhole() throws {
    try replace("a.prom", String(repeating: "long ", count: 100_000))
    try replace("a.prom", "short", mode: 0o600)
    #expect(try FileSystem.read(directory.path("a.prom")) == Array("short".utf8))
    var status = stat()
    #expect(stat(directory.path("a.prom"), &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o600)
    #expect(!FileSystem.exists(directory.path(".a.prom.new")))
  }

  @Test func aLinkLaidInTheWayIsNotFollowed() throws {
    try FileSystem.write("mine".utf8, to: directory.path("victim"))
    try FileSystem.makeSymbolicLink(
      at: directory.path(".a.prom.new"), to: directory.path("victim"))
    try replace("a.prom", "text")
    #expect(try FileSystem.read(directory.path("victim")) == Array("mine".utf8))
    #expect(try FileSystem.read(directory.path("a.prom")) == Array("text".utf8))
  }

  @Test func aFailureLeavesNothingBehind() throws {
    _ = try directory.makeDirectory("a.prom")
    #expect(throws: Errno(number: EISDIR)) { try replace("a.prom", "text") }
    #expect(!FileSystem.exists(directory.path(".a.prom.new")))
    #expect(throws: Errno.notFound) { try replace("missing/a.prom", "text") }
  }

  @Test func aSmallFileIsRead() throws {
    try FileSystem.write("text".utf8, to: directory.path("file"))
    #expect(FileSystemCalls.readSmallFile(directory.path("file")) == Array("text".utf8))
    #expect(FileSystemCalls.readSmallFile(directory.path("missing")) == nil)
  }
}
