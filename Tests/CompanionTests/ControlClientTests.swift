// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Daemon
import Glibc
import TestSupport
import Testing

@testable import Companion
@testable import Control

@Suite(.timeLimit(.minutes(10)))
struct ControlClientTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func withoutASocketNothingRuns() {
    let path = directory.path("status.sock")
    #expect(throws: ControlFailure.notRunning(path)) {
      try ControlClient(path: path).ask(.status)
    }
    #expect(ControlFailure.notRunning(path).exitStatus == 3)
    #expect("\(ControlFailure.notRunning(path))".contains(path))
  }

  @Test func aStaleSocketIsNobody() throws {
    let path = directory.path("status.sock")
    let old = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    try UnixAddress(path).bind(old)
    close(old)
    #expect(throws: ControlFailure.notRunning(path)) {
      try ControlClient(path: path).ask(.status)
    }
  }

  @Test func whoNeverAnswersIsLate() throws {
    let path = directory.path("status.sock")
    let mute = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(mute) }
    try UnixAddress(path).bind(mute)
    #expect(listen(mute, 1) == 0)
    let patience = Duration.milliseconds(50)
    #expect(throws: ControlFailure.late(path, patience)) {
      try ControlClient(path: path, patience: patience).ask(.status)
    }
    #expect(ControlFailure.late(path, patience).exitStatus == 4)
  }

  @Test func commandsEndWithTheFailuresStatus() {
    let commands = DaemonCommands(socket: directory.path("status.sock"))
    for outcome in [commands.status(json: true), commands.reload(waits: false), commands.rescan()] {
      #expect(outcome.exitStatus == 3)
      #expect(outcome.output.isEmpty)
      #expect(outcome.messages.count == 1)
    }
  }
}
