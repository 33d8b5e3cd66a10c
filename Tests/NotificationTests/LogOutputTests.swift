// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Systemd

@Suite("Log output", .timeLimit(.minutes(10)))
struct LogOutputTests {
  @Test("is the journal when the variable names the descriptor")
  func journal() throws {
    let pipe = try OutputPipe()
    var status = stat()
    #expect(fstat(pipe.writer, &status) == 0)
    let stream = "\(status.st_dev):\(status.st_ino)"
    #expect(LogOutput.detect(journalStream: stream, descriptor: pipe.writer) == .journal)
    // Redirected: the variable is inherited, the descriptor is another.
    #expect(LogOutput.detect(journalStream: stream, descriptor: 2) == .standardError)
  }

  @Test(
    "is standard error for anything else",
    arguments: [
      nil, "", "8:1", ":", "x:y", "1:2:3", "-1:5",
    ])
  func standardError(stream: String?) throws {
    let pipe = try OutputPipe()
    #expect(LogOutput.detect(journalStream: stream, descriptor: pipe.writer) == .standardError)
    #expect(LogOutput.detect(journalStream: "1:1", descriptor: 1_000_000) == .standardError)
  }
}
