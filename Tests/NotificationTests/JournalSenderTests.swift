// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Logging
import TestSupport
import Testing

@testable import Systemd

@Suite("Journal sender", .timeLimit(.minutes(10)))
struct JournalSenderTests {
  @Test("writes fields as journald's native protocol has them")
  func protocolOfJournald() {
    let bytes = JournalSender.datagram([
      .init("MESSAGE", Array("one line".utf8)), .init("TEXT", Array("two\nlines".utf8)),
    ])
    let expected =
      Array("MESSAGE=one line\nTEXT\n".utf8) + [9, 0, 0, 0, 0, 0, 0, 0]
      + Array("two\nlines\n".utf8)
    #expect(bytes == expected)
  }

  @Test("does not wait for a journald that does not read, and says later what was lost")
  func stuck() throws {
    let directory = try TemporaryDirectory()
    let socket = try DatagramSocket(directory.path("journal"))
    let sender = JournalSender(identifier: "test", socket: directory.path("journal"))
    let event = LogEvent(
      level: .warning, message: "trouble", metadata: nil, source: "", file: "f", function: "g",
      line: 1)
    let entry = JournalEntry(identifier: "test", event: event, metadata: [])
    for _ in 0..<1_000 { #expect(sender.send(entry) == 0) }
    var texts: [String] = []
    while let text = socket.receiveText() { texts.append(text) }
    _ = sender.send(entry)
    while let text = socket.receiveText() { texts.append(text) }
    #expect(texts.contains { $0.contains("were lost") })
    #expect(texts.count < 1_000)
  }

  @Test("says that there is no journal")
  func missing() throws {
    let directory = try TemporaryDirectory()
    let sender = JournalSender(identifier: "test", socket: directory.path("nobody"))
    let event = LogEvent(
      level: .warning, message: "trouble", metadata: nil, source: "", file: "f", function: "g",
      line: 1)
    #expect(sender.send(JournalEntry(identifier: "test", event: event, metadata: [])) < 0)
  }
}
