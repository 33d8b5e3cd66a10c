// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Control

@Suite(.timeLimit(.minutes(10)))
struct ControlCodingTests {
  @Test(arguments: [
    ControlReply(reload: ReloadReport(applied: ["drop.settle"], needsRestart: ["log.path"])),
    ControlReply(reload: ReloadReport(rejected: "neardupd.toml:3: what\nand \"more\" é")),
    ControlReply(rescan: RescanReport(directories: 2)), ControlReply(error: "no"),
  ])
  func whatIsWrittenIsRead(_ reply: ControlReply) throws {
    let line = try ControlCoding.encode(reply)
    #expect(!line.contains(UInt8(ascii: "\n")), "one line, whatever the texts hold")
    #expect(try ControlCoding.decode(line) == reply)
  }

  @Test func keysAreInTheStyleOfTheClusterLog() throws {
    let reply = ControlReply(reload: ReloadReport(applied: [], needsRestart: ["log.path"]))
    #expect(
      String(decoding: try ControlCoding.encode(reply), as: UTF8.self)
        == #"{"reload":{"applied":[],"needs_restart":["log.path"]},"schema":1}"#)
  }

  @Test func whatIsNoReplyIsRefused() {
    #expect(throws: (any Error).self) { try ControlCoding.decode(Array("[]".utf8)) }
  }
}
