// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct ConfigurationFileTests {
  @Test(arguments: [0, 1, 65_536, 65_537, 1 << 20])
  func readsTheWholeFile(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try withFile(bytes) { path in
      let read = try ConfigurationFile.read(path)
      #expect(read == bytes)
    }
  }

  @Test func absentFileIsNoError() throws {
    try withFile([]) { path in
      // A file where a directory should be has nothing below it either.
      for absent in [path + ".none", path + "/below"] {
        let read = try ConfigurationFile.read(absent)
        #expect(read == nil)
      }
    }
  }

  @Test func directoryIsAnError() {
    let error = #expect(throws: ConfigurationError.self) { try ConfigurationFile.read("/") }
    #expect(error?.description == "/: cannot be read: Is a directory")
  }

  @Test func endlessFileIsAnError() {
    let error = #expect(throws: ConfigurationError.self) {
      try ConfigurationFile.read("/dev/zero")
    }
    #expect(error?.reason == "the file is larger than 1 MiB")
  }

  @Test func aPipeThatNobodyWritesIsAnError() throws {
    try withFile([]) { path in
      try FileSystem.makeFIFO(path + ".pipe")
      let error = #expect(throws: ConfigurationError.self) {
        try ConfigurationFile.read(path + ".pipe", patience: 50)
      }
      #expect(error?.reason == "it is a pipe or a device, and nothing came from it")
    }
  }

  @Test func aPipeIsReadToItsEnd() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    #expect(write(ends[1], "[drop]\n", 7) == 7)
    close(ends[1])
    let read = try ConfigurationFile.read("/proc/self/fd/\(ends[0])", patience: 5_000)
    #expect(read == Array("[drop]\n".utf8))
  }

  private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("file")
    try FileSystem.write(bytes, to: path)
    try body(path)
  }
}
