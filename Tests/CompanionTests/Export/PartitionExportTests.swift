// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct PartitionExportTests {
  private let hostile = "tab\there, \"quoted\"\nline\\end"

  private func export(_ format: ExportFormat) throws -> String {
    let collection = Records.collection([
      Records.assigned(1, hostile, story: 1), Records.assigned(2),
      Records.assigned(3, cluster: 2, like: 2, identical: true),
      Records.assigned(4, "2.txt", replaces: 2), Records.merged(1, [2], by: 4),
    ])
    var bytes: [UInt8] = []
    let export = PartitionExport(
      collection: collection, stories: collection.stories, format: format)
    try export.write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("a tab-separated line has no tab and no line end but its own")
  func tsv() throws {
    let rows = try export(.tsv).split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    #expect(rows.count == 5)
    #expect(rows.allSatisfy { $0.count == 15 })
    #expect(rows[0][4] == "cluster")
    #expect(rows[1][2] == #"tab\there, "quoted"\nline\\end"#)
    #expect(rows[1][5] == "s1")
    #expect(rows.map { String($0[4]) } == ["cluster", "c1", "c1", "c1", "c4"])
    #expect(rows.map { String($0[9]) } == ["current", "true", "false", "true", "true"])
    #expect(rows[3][7] == "2")
    #expect(rows[4][8] == "2")
  }

  @Test("commas, quotation marks and line ends are quoted in CSV")
  func csv() throws {
    let text = try export(.csv)
    #expect(text.contains("1,,\"tab\there, \"\"quoted\"\"\nline\\end\",,c1,s1,first,"))
    #expect(text.hasSuffix("Z,\r\n"))
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
      collection: RecordedCollection(source: .state), stories: Partition(), format: format
    ).write { bytes += $0 }
    let rows = bytes.count { $0 == UInt8(ascii: "\n") }
    #expect(rows == [.tsv: 1, .csv: 1, .json: 2, .jsonl: 0][format])
  }
}
