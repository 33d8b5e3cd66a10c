// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Logging
import Systemd
import Testing

@Suite("Standard error log handler", .timeLimit(.minutes(10)))
struct StandardErrorLogHandlerTests {
  /// What one use of a logger writes.
  private func written(prefixed: Bool = true, _ use: (inout Logger) -> Void) throws -> String {
    let pipe = try OutputPipe()
    let handler = StandardErrorLogHandler(
      descriptor: pipe.writer, prefixesPriority: prefixed,
      clock: { .seconds(1_767_323_045) + .milliseconds(678) })
    var logger = Logger(label: "neardupd") { _ in handler }
    use(&logger)
    return pipe.text()
  }

  @Test("begins with the time and the level where a person reads")
  func timestamp() throws {
    #expect(
      try written(prefixed: false) { $0.warning("skipped", metadata: ["neardupd.path": "a b"]) }
        == "2026-01-02T03:04:05.678Z warning skipped path=\"a b\"\n")
  }

  @Test(
    "begins with the priority where systemd reads",
    arguments: [
      (Logger.Level.trace, "<7>"), (.debug, "<7>"), (.info, "<6>"), (.notice, "<5>"),
      (.warning, "<4>"), (.error, "<3>"), (.critical, "<2>"),
    ])
  func priority(level: Logger.Level, prefix: String) throws {
    let line = try written {
      $0.logLevel = .trace
      $0.log(level: level, "message")
    }
    #expect(line == prefix + "message\n")
  }

  @Test("is silent below the level")
  func level() throws {
    #expect(try written { $0.debug("message") } == "")
  }

  @Test(
    "writes one line whatever a value holds",
    arguments: [
      ("a\nb", "a\\nb"), ("\u{1B}[31m", "\\u{1b}[31m"), ("a\tb\rc", "a\\tb\\rc"), ("", "\"\""),
      ("say \"no\"", "\"say \\\"no\\\"\""), ("a=b", "\"a=b\""), ("c:\\d", "\"c:\\\\d\""),
      ("\u{202E}x", "\\u{202e}x"), ("日本", "日本"),
    ])
  func escapes(value: String, shown: String) throws {
    #expect(
      try written { $0.info("m", metadata: ["neardupd.path": .string(value)]) }
        == "<6>m path=\(shown)\n")
  }

  @Test("shows bytes that are no text")
  func bytes() throws {
    #expect(
      try written { $0.info("m", metadata: ["neardupd.path": .bytes([0x61, 0xE9, 0x0A])]) }
        == "<6>m path=\"a\\xE9\\n\"\n")
    #expect(
      try written { $0.info("m", metadata: ["neardupd.path": .bytes(Array("é".utf8))]) }
        == "<6>m path=é\n")
  }

  @Test("merges metadata, the entry's over the logger's, in the order of the keys")
  func merging() throws {
    let line = try written {
      $0[metadataKey: "neardupd.b"] = "logger"
      $0[metadataKey: "neardupd.c"] = "logger"
      $0.info("m", metadata: ["neardupd.b": "entry", "neardupd.a": "1"])
    }
    #expect(line == "<6>m a=1 b=entry c=logger\n")
  }

  @Test("shows an error, and not the message identifier")
  func error() throws {
    struct Broken: Error, CustomStringConvertible { let description = "is broken" }
    let line = try written {
      $0.error("m", error: Broken(), metadata: MessageIdentifier.stateFailed.metadata)
    }
    #expect(line == "<3>m error=\"is broken\"\n")
  }
}
