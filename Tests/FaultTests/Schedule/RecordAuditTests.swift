// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// That what judges the scheduled days sees what is wrong.
@Suite("Record audit")
struct RecordAuditTests {
  private let first = DroppedContent(Array("one".utf8))
  private let second = DroppedContent(Array("two".utf8))
  private let settings: ScheduledSettings = {
    var settings: ScheduledSettings
    var seed: UInt64 = 0
    repeat {
      var random = SeededGenerator(seed: seed)
      settings = ScheduledSettings(&random)
      seed += 1
    } while settings.forgetsDeleted || settings.moves
    return settings
  }()

  private func line(
    _ number: Int, _ event: String, _ more: String, time: String = "2026-01-01T00:00:00.000000Z"
  ) throws -> ClusterLogLine {
    try ClusterLogLine(
      parsing: #"{"seq":\#(number),"event":"\#(event)","time":"\#(time)",\#(more)}"#.utf8)
  }

  private func assigned(_ number: Int, _ content: DroppedContent) throws -> ClusterLogLine {
    try line(
      number, "assigned", #""document":\#(number),"path":"a","sha256":"\#(content.digest)""#)
  }

  private func audit(
    _ versions: [DroppedContent?], _ lines: [ClusterLogLine]
  ) -> RecordAudit {
    var history = DropHistory()
    for version in versions {
      if let version { history.set("a", version) } else { history.remove("a") }
    }
    return RecordAudit(lines, history, settings)
  }

  @Test("each version in order is as it should be, and one that nobody saw may be missing")
  func inOrder() throws {
    let lines = [try assigned(1, first), try assigned(2, second)]
    for versions in [[first, second], [first, nil, second], [first, second, first, second]] {
      let found = audit(versions, lines)
      #expect(found.lost == [] && found.repeated == [], "\(versions)")
    }
  }

  @Test("content without a record is lost")
  func lost() throws {
    #expect(audit([first], []).lost == ["a"])
    #expect(audit([first, second], [try assigned(1, first)]).lost == ["a"])
    #expect(audit([first, second, first], [try assigned(1, second)]).lost == ["a"])
    #expect(audit([first, nil], []).lost == [])
  }

  @Test("a record that no version accounts for is a repetition")
  func repeated() throws {
    let (one, again, two) = (
      try assigned(1, first), try assigned(2, first), try assigned(2, second)
    )
    #expect(audit([first], [one, again]).repeated.count == 1)
    #expect(audit([first, nil, first], [one, again]).repeated.count == 1)
    #expect(audit([second, first], [one, two]).repeated.count == 1)
    let removed = try line(2, "removed", #""document":1,"path":"a","reason":"deleted""#)
    let back = [one, removed, try assigned(3, first)]
    #expect(audit([first, nil, first], back).repeated == [])
    #expect(audit([first, first], back).repeated.count == 1)
  }

  @Test("what was too large may be let in later, and each size is another version")
  func tooLarge() throws {
    let large = DroppedContent([UInt8](repeating: 0x61, count: 3_000))
    let larger = DroppedContent([UInt8](repeating: 0x61, count: 3_001))
    let skipped = try line(
      1, "skipped", #""path":"a","reason":"too-large","detail":"3000 bytes; and so on""#)
    let assigned = try line(
      2, "assigned", #""document":1,"path":"a","sha256":"\#(large.digest)""#)
    #expect(audit([large], [skipped, assigned]).repeated == [])
    #expect(audit([large, larger], [skipped]).lost == ["a"])
    #expect(audit([larger], [skipped]).repeated.count == 1)
  }

  @Test("an expiry within the window is seen, and more documents than there may be")
  func horizon() throws {
    func document(_ number: Int, _ hour: Int, day: Int = 1) throws -> ClusterLogLine {
      let hour = hour < 10 ? "0\(hour)" : "\(hour)"
      return try line(
        number, "assigned", #""document":\#(number),"path":"a","sha256":"x""#,
        time: "2026-01-0\(day)T\(hour):00:00.000000Z")
    }
    func expired(_ number: Int, through: Int) throws -> ClusterLogLine {
      try line(number, "expired", #""through":\#(through),"documents":1,"because":"window""#)
    }
    let lines = [try document(1, 0), try document(2, 3), try document(3, 5)]
    let right = lines + [try expired(4, through: 1)]
    #expect(RecordAudit.problems(right, window: 4, documents: 0) == [])
    let wrong = lines + [try expired(4, through: 2)]
    #expect(RecordAudit.problems(wrong, window: 4, documents: 0).count == 1)
    #expect(RecordAudit.problems(lines, window: nil, documents: 2).count == 1)
    // A clock that is far ahead is not believed.
    let ahead = lines + [try document(4, 0, day: 4), try expired(5, through: 2)]
    #expect(RecordAudit.problems(ahead, window: 4, documents: 0).count == 1)
  }
}
