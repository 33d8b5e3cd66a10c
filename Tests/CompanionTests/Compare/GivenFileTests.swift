// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct GivenFileTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func filesAreReadWholeAlsoThroughLinks() throws {
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    let path = directory.path("file")
    try FileSystem.write(bytes, to: path)
    try FileSystem.makeSymbolicLink(at: directory.path("link"), to: path)
    #expect(try GivenFile.read(path, limit: 1 << 20).bytes == bytes)
    #expect(try GivenFile.read(directory.path("link"), limit: 1 << 20).bytes == bytes)
  }

  @Test func whatIsTooLargeIsNotRead() {
    #expect(throws: GivenFile.Failure.tooLarge("/dev/zero", limit: 100_000)) {
      try GivenFile.read("/dev/zero", limit: 100_000)
    }
  }

  @Test func failuresNameTheFile() {
    #expect(throws: GivenFile.Failure.system("/no\nsuch", errno: ENOENT)) {
      try GivenFile.read("/no\nsuch", limit: 10)
    }
    let failure = GivenFile.Failure.system("/no\nsuch", errno: ENOENT)
    #expect("\(failure)" == "/no\\nsuch: No such file or directory")
    #expect(throws: GivenFile.Failure.system(directory.path("."), errno: EISDIR)) {
      try GivenFile.read(directory.path("."), limit: 10)
    }
  }
}
