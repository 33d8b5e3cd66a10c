// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion

/// What `neardup fleet export` writes: each document of all hosts with its fleet cluster and story.
struct FleetExport {
  let question: FleetQuestion
  let format: ExportFormat

  /// So many rows are read at a time.
  private static let rows = 5_000

  private static let columns = [
    "host", "document", "path", "member", "drop_directory", "cluster", "fleet_cluster",
    "fleet_story", "relation", "words", "bytes", "arrived", "title",
  ]

  private static let page = """
    SELECT h.host, h.name, d.document, d.path, d.member, d.drop_directory, 'c' || d.cluster,
      'f' || f.fleet_cluster, 'fs' || c.story, d.relation, d.words, d.bytes,
      (extract(epoch FROM d.time) * 1000000)::bigint, d.title
    FROM (
      SELECT * FROM neardup.documents
      WHERE (host, document) > ($1::integer, $2::integer) ORDER BY host, document LIMIT \(rows)
    ) d
    JOIN neardup.hosts h ON h.host = d.host
    LEFT JOIN LATERAL (SELECT m.fleet_cluster FROM neardup.fleet_members m
      WHERE m.host = d.host AND m.cluster = d.cluster LIMIT 1) f ON true
    LEFT JOIN neardup.fleet_clusters c ON c.fleet_cluster = f.fleet_cluster
    ORDER BY d.host, d.document
    """

  /// Hands the text on a page at a time, all of one moment.
  func write(_ body: ([UInt8]) throws -> Void) throws {
    // The fleet goes on deciding meanwhile, which must not show.
    _ = try question.rows("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    var (host, document) = ("0", "0")
    var isFirst = true
    try body(head)
    while true {
      let rows = try question.rows(Self.page, [host, document])
      guard let last = rows.last, let lastHost = last[0], let lastDocument = last[2] else { break }
      (host, document) = (lastHost, lastDocument)
      var bytes: [UInt8] = []
      for row in rows {
        append(Array(row.dropFirst()), isFirst: isFirst, to: &bytes)
        isFirst = false
      }
      try body(bytes)
    }
    _ = try question.rows("COMMIT")
    if format == .json { try body(Array("\n]\n".utf8)) }
  }

  private var head: [UInt8] {
    switch format {
    case .tsv: Array((Self.columns.joined(separator: "\t") + "\n").utf8)
    case .csv: Array((Self.columns.joined(separator: ",") + "\r\n").utf8)
    case .json: Array("[".utf8)
    case .jsonl: []
    }
  }

  private func append(_ row: [String?], isFirst: Bool, to bytes: inout [UInt8]) {
    var row = row
    row[11] = row[11].flatMap { Int64($0) }.map { LogTime.text($0) }
    switch format {
    case .tsv:
      // As COPY has it, but with nothing for what is not there, as neardup export.
      bytes += row.map { Self.escaped($0 ?? "") }.joined(separator: "\t").utf8
      bytes.append(UInt8(ascii: "\n"))
    case .csv:
      bytes += row.map { Self.quoted($0 ?? "") }.joined(separator: ",").utf8
      bytes += Array("\r\n".utf8)
    case .jsonl:
      appendObject(row, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .json:
      bytes += Array((isFirst ? "\n" : ",\n").utf8)
      appendObject(row, to: &bytes)
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\\": result += "\\\\"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// RFC 4180.
  private static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
      return text
    }
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  private func appendObject(_ row: [String?], to bytes: inout [UInt8]) {
    let numbers = ["document", "words", "bytes"]
    bytes.append(UInt8(ascii: "{"))
    for (place, value) in row.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(string: Self.columns[place])
      bytes.append(UInt8(ascii: ":"))
      if let value, numbers.contains(Self.columns[place]) {
        bytes += Array(value.utf8)
      } else if let value {
        bytes.append(string: value)
      } else {
        bytes += Array("null".utf8)
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }
}
