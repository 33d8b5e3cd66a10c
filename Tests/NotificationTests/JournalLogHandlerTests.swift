// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Logging
import Synchronization
import Testing

@testable import Systemd

@Suite("Journal log handler", .timeLimit(.minutes(10)))
struct JournalLogHandlerTests {
  /// The fields of the entries that `use` makes.
  private func entries(_ use: (inout Logger) -> Void) -> [[String: [UInt8]]] {
    final class Sent: Sendable { let entries = Mutex<[JournalEntry]>([]) }
    let sent = Sent()
    let handler = JournalLogHandler(identifier: "neardupd") { entry in
      sent.entries.withLock { $0.append(entry) }
      return 0
    }
    var logger = Logger(label: "neardupd") { _ in handler }
    use(&logger)
    return sent.entries.withLock { entries in
      entries.map { Dictionary($0.fields.map { ($0.name, $0.value) }) { first, _ in first } }
    }
  }

  private func entry(_ use: (inout Logger) -> Void) throws -> [String: String] {
    try #require(entries(use).first).mapValues { String(decoding: $0, as: UTF8.self) }
  }

  @Test("sends the message with its values, and the values as fields")
  func fields() throws {
    let line: UInt = #line + 2
    let fields = try entry {
      $0.warning(
        "document skipped", metadata: ["neardupd.path": "a b", "neardupd.reason": "empty"])
    }
    #expect(fields["MESSAGE"] == "document skipped path=\"a b\" reason=empty")
    #expect(fields["PRIORITY"] == "4")
    #expect(fields["SYSLOG_IDENTIFIER"] == "neardupd")
    #expect(fields["NEARDUPD_PATH"] == "a b")
    #expect(fields["NEARDUPD_REASON"] == "empty")
    #expect(fields["CODE_FILE"] == "NotificationTests/JournalLogHandlerTests.swift")
    #expect(fields["CODE_LINE"] == "\(line)")
    #expect(fields["CODE_FUNC"] == "fields()")
    #expect(fields["MESSAGE_ID"] == nil)
  }

  @Test("sends a message identifier as a field of its own")
  func messageIdentifier() throws {
    let fields = try entry {
      $0.info("started", metadata: MessageIdentifier.started.metadata)
    }
    #expect(fields["MESSAGE_ID"] == MessageIdentifier.started.rawValue)
    #expect(fields["MESSAGE"] == "started")
    #expect(fields["NEARDUPD_MESSAGE_ID"] == nil)
  }

  @Test(
    "shows what is no message identifier",
    arguments: [
      "short", String(repeating: "g", count: 32), String(repeating: "a", count: 33),
    ])
  func malformedIdentifier(text: String) throws {
    let fields = try entry { $0.info("m", metadata: ["message-id": .string(text)]) }
    #expect(fields["MESSAGE_ID"] == nil)
    #expect(fields["NEARDUPD_MESSAGE_ID"] == text)
    #expect(fields["MESSAGE"] == "m message-id=\(text)")
  }

  @Test("keeps lines and bytes in fields, and out of the message")
  func rawValues() throws {
    let fields = try #require(
      entries {
        $0.info("m", metadata: ["neardupd.path": .bytes([0x0A, 0xE9, 0x00]), "text": "1\n2"])
      }.first)
    #expect(fields["NEARDUPD_PATH"] == [0x0A, 0xE9, 0x00])
    #expect(fields["NEARDUPD_TEXT"] == Array("1\n2".utf8))
    let message = try #require(fields["MESSAGE"])
    #expect(!message.contains(0x0A) && !message.contains(0))
  }

  @Test("falls back to standard error when the journal does not take the entry")
  func fallback() throws {
    let pipe = try OutputPipe()
    var handler = JournalLogHandler(
      identifier: "neardupd",
      fallback: StandardErrorLogHandler(descriptor: pipe.writer, prefixesPriority: true),
      send: { _ in -ENOENT })
    handler[metadataKey: "neardupd.seq"] = "7"
    let logger = Logger(label: "neardupd") { _ in handler }
    logger.error("m", metadata: ["neardupd.path": "a"])
    #expect(pipe.text() == "<3>m path=a seq=7\n")
  }
}
