// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct PartitionExportTests {
  private let hostile = "tab\there, \"quoted\"\nline\\end"

  private func export(_ format: ExportFormat) throws -> String {
    let records = [
      Records.assigned(1, hostile, story: 1), Records.assigned(2),
      Records.assigned(3, cluster: 2, like: 2, identical: true),
      Records.assigned(4, "2.txt", replaces: 2), Records.merged(1, [2], by: 4),
    ]
    var bytes: [UInt8] = []
    let export = PartitionExport(
      collection: Records.collection(records),
      decisions: DocumentDecisions(Records.logged(records)), format: format)
    try export.write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("a tab-separated line has no tab and no line end but its own")
  func tsv() throws {
    let rows = try export(.tsv).split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    #expect(rows.count == 5)
    #expect(rows.allSatisfy { $0.count == 23 })
    #expect(rows[0][4] == "cluster")
    #expect(rows[1][2] == #"tab\there, "quoted"\nline\\end"#)
    #expect(rows[1][5] == "s1")
    #expect(rows.map { String($0[4]) } == ["cluster", "c1", "c1", "c1", "c4"])
    #expect(rows.map { String($0[9]) } == ["current", "true", "false", "true", "true"])
    #expect(rows[3][7] == "2")
    #expect(rows[4][8] == "2")
    #expect(rows.map { String($0[17]) } == ["match", "", "", "2", ""])
    #expect(rows[3][18...20] == ["0.3", "0.6", "0.9"])
    #expect(rows.map { String($0[21]) } == ["seq", "1", "2", "3", "4"])
    // The first is in the cluster that another was merged into, the fourth in none of them.
    #expect(rows.map { String($0[22]) } == ["changed", "5", "5", "5", "4"])
  }

  @Test("commas, quotation marks and line ends are quoted in CSV")
  func csv() throws {
    let text = try export(.csv)
    #expect(text.contains("1,,\"tab\there, \"\"quoted\"\"\nline\\end\",,c1,s1,first,"))
    #expect(text.hasSuffix("Z,,,,,,,,4,4\r\n"))
  }

  @Test("JSON Lines have the same keys and types in each, JSON is their array")
  func json() throws {
    let lines = try export(.jsonl).split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
    #expect(lines.count == 4)
    #expect(lines[0]["path"]?.string == hostile)
    #expect(lines[0]["cluster"]?.string == "c1")
    #expect(lines[3]["replaces"]?.integer == 2)
    let keys = lines.map { line -> Set<String> in
      if case .object(let members) = line { Set(members.keys) } else { [] }
    }
    #expect(keys.allSatisfy { $0 == Set(ExportedDocument.titles) })
    #expect(try JSONValue(parsing: export(.json).utf8).array == lines)
  }

  @Test("nothing is written as nothing", arguments: ExportFormat.allCases)
  func empty(_ format: ExportFormat) throws {
    var bytes: [UInt8] = []
    try PartitionExport(
      collection: RecordedCollection(source: .state), decisions: DocumentDecisions([]),
      format: format
    ).write { bytes += $0 }
    let rows = bytes.count { $0 == UInt8(ascii: "\n") }
    #expect(rows == [.tsv: 1, .csv: 1, .json: 2, .jsonl: 0][format])
  }

  /// The rows of an export by their document.
  private func rows(_ records: [Record], since: UInt64? = nil) throws -> [Int: JSONValue] {
    let scene = try ResultScene(
      records, texts: [1: Array(1...30), 2: Array(11...50), 3: Array(1...60), 4: Array(1...20)])
    var bytes: [UInt8] = []
    try PartitionExport(scene.source(), format: .jsonl, since: since).write { bytes += $0 }
    var rows: [Int: JSONValue] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let row = try JSONValue(parsing: line)
      rows[row["document"]?.integer ?? 0] = withoutDrop(row)
    }
    return rows
  }

  /// Scenes lie in directories of their own.
  private func withoutDrop(_ row: JSONValue) -> JSONValue {
    guard case .object(var members) = row else { return row }
    members["drop"] = nil
    return .object(members)
  }

  @Test("what changed since a record, put over an export of then, is an export of now")
  func since() throws {
    let records = [
      Records.assigned(1, story: 1), Records.assigned(2, cluster: 1, like: 1, story: 1),
      Records.skipped("x"), Records.assigned(3, cluster: 1, like: 1, story: 1),
      Records.assigned(4, story: 4), Records.assigned(5, "4.txt", story: 4, replaces: 4),
      Records.merged(4, [5], by: 5), Records.moved(2, from: 1, to: 4),
      Records.assigned(6, story: 6),
      .storyMerged(.init(story: 4, absorbed: [6], document: 6, evidence: nil)),
      Records.removed(6, cluster: 6), Records.assigned(7, cluster: 6, like: 6, identical: true),
    ]
    let now = try rows(records)
    #expect(now[1]?["principal"]?.integer == 3)
    #expect(now[6]?["story"]?.string == "s4")
    for length in 0...records.count {
      let then = length == 0 ? [:] : try rows(Array(records.prefix(length)))
      let changed = try rows(records, since: UInt64(length))
      #expect(then.merging(changed) { $1 } == now, "since \(length)")
      #expect(length < records.count || changed.isEmpty)
    }
    // Nothing is written again without a reason.
    #expect(Set(try rows(records, since: 8).keys) == [4, 5, 6, 7])
  }
}
