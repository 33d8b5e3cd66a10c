// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Daemon
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct FileIdentityTests {
  @Test func tellsTheStatesOfAFileApart() throws {
    let scene = try DropScene()
    let path = try scene.write("a", "12345")
    let first = try identity(path)
    #expect(first.size == 5)
    #expect(try identity(path) == first)
    try scene.write("b", "12345")
    #expect(try identity(scene.path("b")) != first)
    try FileSystem.append("6".utf8, to: path)
    #expect(try identity(path).size == 6)
  }

  @Test func onlyTheChangeTimeLeavesTheContentStampAsItIs() {
    let first = FileIdentity(device: 1, inode: 2, size: 3, modified: 4, changed: 5)
    var touched = first
    touched.changed += 1
    #expect(touched != first)
    #expect(touched.hasSameContentStamp(as: first))
    for part in [\FileIdentity.modified, \FileIdentity.size] {
      var second = first
      second[keyPath: part] += 1
      #expect(!second.hasSameContentStamp(as: first))
    }
    for part in [\FileIdentity.device, \FileIdentity.inode] {
      var second = first
      second[keyPath: part] += 1
      #expect(!second.hasSameContentStamp(as: first))
    }
  }

  private func identity(_ path: String) throws -> FileIdentity {
    let root = try FileSystemCalls.openDirectory(Array("/".utf8))
    return FileIdentity(try FileSystemCalls.status(path.utf8.dropFirst(), in: root))
  }
}
