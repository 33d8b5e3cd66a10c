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

  private static let numbers: Set<String> = ["document", "words", "bytes"]

  /// Hands the text on a page at a time, all of one moment.
  func write(_ body: ([UInt8]) throws -> Void) throws {
    let writer = RowWriter(format: format, titles: Self.columns)
    // The fleet goes on deciding meanwhile, which must not show.
    _ = try question.rows("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    var (host, document) = ("0", "0")
    var isFirst = true
    var bytes: [UInt8] = []
    writer.begin(&bytes)
    while true {
      let rows = try question.rows(Self.page, [host, document])
      guard let last = rows.last, let lastHost = last[0], let lastDocument = last[2] else { break }
      (host, document) = (lastHost, lastDocument)
      for row in rows {
        writer.append(Self.fields(row.dropFirst()), isFirst: isFirst, to: &bytes)
        isFirst = false
      }
      try body(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    _ = try question.rows("COMMIT")
    writer.end(&bytes)
    try body(bytes)
  }

  private static func fields(_ row: ArraySlice<String?>) -> [RowField] {
    zip(columns, row).map { column, value in
      guard let value else { return .absent }
      if column == "arrived" {
        return Int64(value).map { .text(Array(LogTime.text($0).utf8)) } ?? .absent
      }
      if numbers.contains(column), let number = Int(value) { return .number(number) }
      return .text(Array(value.utf8))
    }
  }
}
