// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the database has of a host, held against the log that it was carried from.
package struct CarriedCollection {
  private let server: PostgresServer
  private let host: String

  package init(_ server: PostgresServer, host: String) {
    self.server = server
    self.host = host
  }

  /// Waits until all records of a log are there.
  package func wait(for lines: ClusterLogLines, within seconds: Double = 30) throws {
    let last = lines.all.map(\.sequence).max() ?? 0
    try server.wait(
      for: "\(last)", of: "SELECT seq FROM neardup.hosts WHERE name = '\(host)'", within: seconds)
  }

  /// How the two differ; empty where no record is lost or doubled and the partitions are the same.
  package func differences(from lines: ClusterLogLines) throws -> [String] {
    var found: [String] = []
    let records = try column("seq", from: "records").map { Int($0) ?? 0 }.sorted()
    let gone = Set(lines.all.filter { $0.event == "removed" }.compactMap(\.document))
    let expired =
      lines.all.filter { $0.event == "expired" }.compactMap { $0["through"]?.integer }.max() ?? 0
    func isThere(_ line: ClusterLogLine) -> Bool {
      guard line.isAssigned, let document = line.document else { return true }
      return document > expired && !gone.contains(document)
    }
    let wanted = lines.all.filter(isThere).map(\.sequence).sorted()
    if records != wanted {
      let lost = Set(wanted).subtracting(records).sorted().prefix(5)
      found.append("\(records.count) records for \(wanted.count), lost \(Array(lost))")
    }
    let kept = lines.assigned.filter(isThere)
    let clusters = lines.clusterOfDocument
    let stories = lines.storyOfDocument
    let rows = try column("document || ' c' || cluster || ' s' || coalesce(story, 0)")
    let expected = kept.compactMap(\.document).map { document in
      "\(document) \(clusters[document] ?? "c0") \(stories[document] ?? "s0")"
    }
    let differing = Set(rows).symmetricDifference(expected).sorted()
    if !differing.isEmpty { found.append("groups differ: \(differing.prefix(6))") }
    return found
  }

  private func column(_ text: String, from table: String = "documents") throws -> [String] {
    try server.sql(
      """
      SELECT \(text) FROM neardup.\(table)
      WHERE host = (SELECT host FROM neardup.hosts WHERE name = '\(host)')
      """
    ).split(separator: "\n").map(String.init)
  }
}
