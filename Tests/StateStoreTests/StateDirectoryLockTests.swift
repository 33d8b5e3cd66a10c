// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import StateStore

@Suite("StateDirectoryLock", .timeLimit(.minutes(10))) struct StateDirectoryLockTests {
  /// Runs flock(1) in a process of its own; 0 when it got the lock.
  private func lockInAnotherProcess(_ file: String) -> Int32 {
    let words = ["flock", "--nonblock", file, "true"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, "flock", nil, nil, &arguments, environ) == 0 else { return -1 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }

  @Test func keepsOthersOutWhileItLives() throws {
    let place = try StatePlace()
    let file = place.directory.path("state/lock")
    do {
      let lock = try StateDirectoryLock(directory: place.state)
      #expect(lockInAnotherProcess(file) != 0)
      let error = #expect(throws: StateStoreError.self) {
        _ = try StateDirectoryLock(directory: place.state)
      }
      #expect(error?.code == .heldByAnotherInstance(pid: getpid()))
      #expect(error?.description.contains("\(getpid())") == true)
      #expect(try FileSystem.read(file) == Array("\(getpid())\n".utf8))
      _ = consume lock
    }
    #expect(lockInAnotherProcess(file) == 0)
    _ = try StateDirectoryLock(directory: place.state)
  }

  @Test func whatAnotherLeftInTheFileDoesNotMatter() throws {
    let place = try StatePlace()
    try FileSystem.makeDirectory(place.directory.path("state"))
    try FileSystem.write("123456789 and more".utf8, to: place.directory.path("state/lock"))
    _ = try StateDirectoryLock(directory: place.state)
    #expect(
      try FileSystem.read(place.directory.path("state/lock")) == Array("\(getpid())\n".utf8))
  }

  @Test func aMissingParentIsNamed() throws {
    let place = try StatePlace()
    let error = #expect(throws: StateStoreError.self) {
      _ = try StateDirectoryLock(directory: Array(place.directory.path("no/state").utf8))
    }
    #expect(error?.code == .cannotOpen)
    #expect(error?.description.contains("no/state") == true)
  }
}
