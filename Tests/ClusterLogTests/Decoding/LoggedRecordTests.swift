// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import ClusterLog

@Suite(.timeLimit(.minutes(10)))
struct LoggedRecordTests {
  private static func line(_ record: Record) -> [UInt8] {
    var bytes: [UInt8] = []
    RecordEncoder().append(record, sequence: 7, time: SampleRecords.time, to: &bytes)
    return bytes
  }

  private func decode(_ text: String) throws(LogLineError) -> LoggedRecord {
    try LoggedRecord(decoding: Array(text.utf8)[...])
  }

  @Test(
    "what was encoded comes back, and is encoded to the same bytes", arguments: SampleRecords.all)
  func inverse(_ record: Record) throws {
    let line = Self.line(record)
    let logged = try LoggedRecord(decoding: line.dropLast())
    #expect(logged.sequence == 7)
    #expect(logged.time == SampleRecords.time)
    var again: [UInt8] = []
    RecordEncoder().append(
      logged.record, sequence: logged.sequence, time: logged.time, to: &again)
    #expect(again == line)
  }

  @Test(
    "names come back whatever they are made of",
    arguments: [[0xE9], [0x63, 0x0A, 0x22, 0x5C], Array("日本語 \u{202E}x".utf8), [0x1B, 0x5B]])
  func names(_ path: [UInt8]) throws {
    let logged = try LoggedRecord(decoding: Self.line(SampleRecords.path(path)).dropLast())
    guard case .assigned(let assigned) = logged.record else {
      Issue.record("\(logged)")
      return
    }
    #expect(assigned.path == path)
    #expect(assigned.match?.path == path)
  }

  @Test("fields that are not known are passed over, order and space do not matter")
  func tolerance() throws {
    let record = try decode(
      """
      { "new": {"a": [1, -2.5e3, true, null, "\\ud83d\\ude00"]}, "event" : "skipped", "seq": 3,
        "detail": "\\u00e9", "reason": "binary", "path": "a\\/b", "schema": 1,
        "time": "2026-11-21T21:25:00.000001Z" }
      """)
    #expect(record.sequence == 3)
    #expect(
      record.record == .skipped(Skipped(path: Array("a/b".utf8), reason: .binary, detail: "é")))
  }

  private static let start = #"{"schema":1,"seq":1,"time":"2026-11-21T21:25:00.000000Z","event":"#

  @Test(
    "what is no record is refused, and it is said why",
    arguments: [
      ("", "is not JSON at byte 1"), ("{", "is not JSON at byte 2"),
      ("[]", "is not JSON at byte 1"),
      (start + #""skipped","path":"a","reason":"empty","detail":"" "#, "is not JSON"),
      (start + #""skipped","path":"a","reason":"empty","detail":""} x"#, "is not JSON"),
      (start + #""skipped","path":"a","reason":"lost","detail":""}"#, "wrong \"reason\""),
      (start + #""skipped","reason":"empty","detail":""}"#, "no \"path\""),
      (start + #""dreamt"}"#, "unknown event \"dreamt\""),
      (start + #""moved","document":0,"path":"a","from":"c1","to":"c2","reason":""}"#, "document"),
      (start + #""moved","document":1,"path":"a","from":"1","to":"c2","reason":""}"#, "\"from\""),
      (start + #""moved","document":1,"path":"a","from":"s1","to":"c2","reason":""}"#, "\"from\""),
      (#"{"schema":2}"#, "schema 2"), (#"{"seq":1}"#, "no \"schema\""),
      (#"{"schema":1,"seq":99999999999999999999}"#, "is not JSON"),
      (#"{"schema":1,"time":"yesterday"}"#, "wrong \"time\""),
      ("{\"schema\":1,\"x\":\"\u{1}\"}", "is not JSON"), (#"{"x":"\ud83d"}"#, "is not JSON"),
      ("{\"x\":" + String(repeating: "[", count: 100), "is not JSON"),
    ])
  func refusals(_ line: String, _ reason: String) {
    let error = #expect(throws: LogLineError.self) { try decode(line) }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test("no cut of a line is taken for a record, and none ends the program")
  func cuts() {
    for record in SampleRecords.all {
      let line = Self.line(record).dropLast()
      for length in 0..<line.count {
        #expect(throws: LogLineError.self) { try LoggedRecord(decoding: line.prefix(length)) }
      }
    }
  }
}
