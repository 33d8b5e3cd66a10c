// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct LogAuditTests {
  private static let file = Array("log".utf8)

  private func audit(_ lines: [UInt8]) -> LogAudit {
    var audit = LogAudit()
    var number = 0
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      number += 1
      audit.take(line, at: LinePlace(file: Self.file, line: number))
    }
    audit.finish()
    return audit
  }

  /// "line: message" of each violation.
  private func found(_ records: [Record], from first: UInt64 = 1) -> [String] {
    audit(Records.lines(records, from: first)).violations.listed.map {
      "\($0.line ?? 0): \($0.message)"
    }
  }

  private static let good = [
    Records.assigned(1), Records.assigned(2), Records.skipped("x"),
    Records.assigned(3, cluster: 2, like: 2), Records.assigned(4, "2.txt", replaces: 2),
    Records.merged(1, [2], by: 4), Records.moved(3, from: 1, to: 3),
    Records.assigned(5, cluster: 1, like: 1, identical: true, text: 1),
    Records.removed(1, cluster: 1), Records.assigned(6, "1.txt", cluster: 1, like: 5, text: 1),
    Records.skipped("6"), Records.assigned(7, "x"),
  ]

  @Test("a good log is good, from its beginning or from later on", arguments: 0..<12)
  func good(_ first: Int) {
    #expect(found(Array(Self.good[first...]), from: UInt64(first + 1)) == [])
  }

  @Test("an earlier version of a path that goes leaves the later one there", arguments: 0..<4)
  func earlierVersionsGo(_ first: Int) {
    let records = [
      Records.assigned(1), Records.assigned(2, "1.txt", replaces: 1),
      Records.removed(1, cluster: 1, "1.txt"), Records.assigned(3, "1.txt", replaces: 2),
    ]
    #expect(found(Array(records.dropFirst(first)), from: UInt64(first + 1)) == [])
    #expect(
      found(records[..<3] + [Records.assigned(3, "1.txt")])
        == ["4: document 3 replaces nothing, but document 2 is there at its path"])
    let bothGone = records[..<3] + [Records.removed(2, cluster: 2, "1.txt")]
    #expect(found(bothGone + [Records.assigned(3, "1.txt")]) == [])
  }

  @Test("numbers that are missing or come again are named by their line")
  func sequences() {
    let one = Records.lines([Records.assigned(1), Records.assigned(2)])
    let gap = audit(one + Records.lines([Records.assigned(3)], from: 5))
    #expect(
      gap.violations.listed
        == [Violation(file: Self.file, line: 3, message: "records 3 to 4 are missing")])
    let twice = audit(one + Records.lines([Records.assigned(2), Records.assigned(3)], from: 2))
    #expect(
      twice.violations.listed.map(\.message) == ["record 2 comes again, after record 2"])
    #expect(twice.collection.documents.count == 3)
  }

  @Test(
    "what contradicts what was before is named",
    arguments: [
      ([Records.assigned(1), Records.assigned(3)], "2: document 2 was never assigned"),
      (
        [Records.assigned(1), Records.assigned(1, "b")],
        "2: document 1 is assigned again, after document 1"
      ),
      (
        [Records.assigned(1), Records.assigned(2, cluster: 3)],
        "2: document 2 begins c3, which has the number of another"
      ),
      (
        [Records.assigned(1), Records.assigned(2, cluster: 1, like: 7)],
        "2: document 2 matches document 7, which was never assigned"
      ),
      (
        [Records.assigned(1), Records.assigned(2), Records.assigned(3, cluster: 1, like: 2)],
        "3: document 3 is put into c1, but document 2, which it matches, is in c2"
      ),
      (
        [Records.assigned(1), Records.assigned(2, cluster: 1, like: 1, identical: true)],
        "2: document 2 is identical to document 1, but their SHA-256 differ"
      ),
      (
        [Records.assigned(1), Records.assigned(2, "1.txt")],
        "2: document 2 replaces nothing, but document 1 is there at its path"
      ),
      (
        [Records.assigned(1), Records.assigned(2, replaces: 1)],
        "2: document 2 replaces document 1, but nothing is there at its path"
      ),
      (
        [Records.assigned(1), Records.assigned(2, "1.txt", text: 1, replaces: 1)],
        "2: document 2 is the content of document 1 again, at the same path"
      ),
      (
        [Records.assigned(1), Records.moved(1, from: 2, to: 3)],
        "2: document 1 was in c1, not in c2"
      ),
      (
        [Records.assigned(1), Records.moved(2, from: 2, to: 3)],
        "2: document 2 was in no group before"
      ),
      (
        [Records.assigned(1), Records.assigned(2), Records.merged(2, [1], by: 2)],
        "3: c1 is absorbed by c2, and the smaller number survives"
      ),
      (
        [
          Records.assigned(1), Records.assigned(2), Records.merged(1, [2], by: 2),
          Records.merged(1, [2], by: 2),
        ],
        "4: c2 is absorbed twice"
      ),
      (
        [Records.assigned(1), Records.removed(1, cluster: 1), Records.removed(1, cluster: 1)],
        "3: document 1 is removed twice"
      ),
    ] as [([Record], String)])
  func contradictions(_ records: [Record], _ violation: String) {
    #expect(found(records) == [violation])
  }

  @Test("a cluster that was absorbed gets no more documents")
  func absorbed() {
    let found = found([
      Records.assigned(1), Records.assigned(2), Records.merged(1, [2], by: 2),
      Records.assigned(3, cluster: 2, like: 2),
    ])
    #expect(found.contains("4: document 3 is put into c2, which was absorbed"))
  }

  @Test("a cluster in two stories is named")
  func stories() {
    let found = found([
      Records.assigned(1, story: 1), Records.assigned(2, story: 2),
      Records.assigned(3, cluster: 1, like: 1, story: 2),
    ])
    #expect(found == ["3: document 3 of c1 is in s2, others of the cluster are in s1"])
  }

  @Test("lines that are no records are named, and do not bring further complaints")
  func damage() {
    var lines = Records.lines(Self.good)
    let end = lines.firstIndex(of: UInt8(ascii: "\n"))!
    lines[end - 1] = UInt8(ascii: "x")
    let messages = audit(lines).violations.listed.map { "\($0.line ?? 0): \($0.message)" }
    #expect(messages.count == 1)
    #expect(messages[0].hasPrefix("1: the line is not JSON at byte"))
  }

  @Test("complaints about a file of something else are counted, not all kept")
  func bounded() {
    let audit = audit(Array(repeating: Array("x\n".utf8), count: 3_000).flatMap { $0 })
    #expect(audit.violations.count == 3_000)
    #expect(audit.violations.listed.count == 1_000)
  }
}
