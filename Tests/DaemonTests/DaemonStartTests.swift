// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Systemd
import TestSupport
import Testing

@testable import Daemon
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct DaemonStartTests {
  private func failure(_ number: Int32) -> DaemonFailure {
    DaemonStart.failure(Errno(number: number), dropDirectory: Array("/drop".utf8))
  }

  @Test(arguments: [ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG])
  func whatOnlyAChangeCanHelpIsAFaultOfTheConfiguration(number: Int32) {
    #expect(failure(number).status == .configuration)
  }

  /// A share that does not answer, a disk that is being checked, a machine that just came up.
  @Test(arguments: [EIO, ESTALE, ENOTCONN, ETIMEDOUT, EHOSTDOWN, EMFILE, ENFILE, ENOMEM])
  func whatMayPassIsTriedAgain(number: Int32) {
    #expect(failure(number).status == .inputOutput)
    #expect(!failure(number).description.contains("permission"))
  }

  @Test func theCatalogueSaysMore() {
    #expect(failure(ENOENT).identifier == .dropDirectoryMissing)
    #expect(failure(EIO).identifier == .dropDirectoryMissing)
    #expect(failure(ENOENT).description.hasPrefix("drop directory /drop: No such file"))
  }

  @Test func aDirectoryThatIsThereIsNoTrouble() throws {
    let directory = try TemporaryDirectory()
    try DaemonStart.requireDirectory(Array(directory.path("").utf8))
    #expect(throws: DaemonFailure.self) {
      try DaemonStart.requireDirectory(Array(directory.path("missing").utf8))
    }
  }
}
