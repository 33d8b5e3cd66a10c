// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Companion

/// What `neardup fleet clusters` prints.
struct FleetListing {
  var leastHosts = 2
  var limit = 20
  var isRecentFirst = false
  /// Only those that got a document since then; as PostgreSQL reads a time or an interval ago.
  var since: String?

  private var query: String {
    """
    SELECT 'f' || g.fleet_cluster AS fleet_cluster, g.hosts, g.clusters, g.documents,
      'fs' || g.fleet_story AS fleet_story, g.first_host, g.first_path, g.first_title,
      g.first_time, g.last_time
    FROM neardup.fleet_current_clusters g
    WHERE g.hosts >= $1::integer AND ($2::text IS NULL OR g.last_time >= \(Self.moment))
    ORDER BY \(isRecentFirst ? "g.last_time DESC" : "g.documents DESC, g.hosts DESC"),
      g.fleet_cluster
    """
  }

  /// "90min" is so long ago, "2026-11-21 14:00" a time in UTC.
  private static let moment = """
    CASE WHEN $2 ~ '^[0-9]{4}-' THEN $2::timestamptz ELSE now() - $2::interval END
    """

  private var parameters: [String?] { ["\(leastHosts)", since] }
  private var limited: String { limit > 0 ? "\(query) LIMIT \(limit)" : query }

  func json(_ question: FleetQuestion) throws -> String {
    try question.json(limited, parameters) + "\n"
  }

  func text(_ question: FleetQuestion, _ style: OutputStyle) throws -> String {
    let found = try question.rows(
      """
      SELECT fleet_cluster, hosts, clusters, documents, fleet_story, first_host, first_path,
        first_title, \(FleetQuestion.microseconds("first_time")),
        \(FleetQuestion.microseconds("last_time")) FROM (\(limited)) r
      """, parameters)
    let all = try question.rows(
      """
      SELECT count(*), count(*) FILTER (WHERE hosts > 1) FROM (
        SELECT count(DISTINCT host) AS hosts FROM neardup.fleet_linked GROUP BY fleet_cluster) x
      """
    ).first
    var lines = found.isEmpty ? [] : table(found, style).lines(style)
    lines.append(
      style.paint(
        "\(ReportText.count(found.count)) shown; "
          + "\(ReportText.count(FleetText.number(all?[0]), "fleet cluster")), "
          + "\(FleetText.count(all?[1])) on two hosts and more; UTC", .aside))
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ rows: [[String?]], _ style: OutputStyle) -> TextTable {
    var table = TextTable([
      .init(title: "FLEET"), .init(title: "HOSTS", alignment: .right),
      .init(title: "DOCS", alignment: .right), .init(title: "FIRST"),
      .init(title: "LAST", missedAt: 1), .init(title: "FIRST ON", missedAt: 2),
      .init(title: "FIRST DOCUMENT", isFlexible: true, missedAt: 0), .init(title: "TITLE"),
    ])
    let times = FleetText.times(rows.map { $0[8] } + rows.map { $0[9] }, style)
    for (place, row) in rows.enumerated() {
      let path = FleetText.name(row[6])
      table.append([
        .init(row[0] ?? "", .name), .init(FleetText.count(row[1])),
        .init(FleetText.count(row[3])), .init(times[place]), .init(times[rows.count + place]),
        .init(FleetText.name(row[5])), .init(path),
        .init(row[7].map { TerminalText.safe($0) } ?? path),
      ])
    }
    return table
  }
}
