// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Companion

/// What `neardup fleet status` prints: how far each host is, what waits, and who links.
struct FleetStatus {
  let question: FleetQuestion

  private static let hosts = """
    SELECT h.name AS host, h.seq, h.seq_time, h.fleet_ready,
      (SELECT count(*) FROM neardup.fleet_queue q WHERE q.host = h.host) AS waiting,
      (SELECT min(q.time) FROM neardup.fleet_queue q WHERE q.host = h.host) AS waiting_since,
      h.fleet_logged,
      EXISTS (SELECT 1 FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.granted
        AND l.objsubid = 2 AND l.classid::bigint = \(LinkSchema.lockClass)
        AND l.objid::bigint = h.host AND l.database = (SELECT oid FROM pg_catalog.pg_database
          WHERE datname = current_database())) AS connected
    FROM neardup.hosts h ORDER BY h.name
    """

  private static let totals = """
    SELECT (SELECT version FROM neardup.schema_version ORDER BY version DESC LIMIT 1) AS schema,
      (SELECT last_seq FROM neardup.fleet) AS records,
      (SELECT count(*) FROM neardup.fleet_clusters WHERE absorbed_into IS NULL) AS fleet_clusters,
      (SELECT count(*) FROM (SELECT 1 FROM neardup.fleet_linked GROUP BY fleet_cluster
        HAVING count(DISTINCT host) > 1) x) AS on_several_hosts,
      (SELECT count(DISTINCT story) FROM neardup.fleet_clusters WHERE absorbed_into IS NULL)
        AS fleet_stories,
      (SELECT count(*) FROM neardup.fleet_members) AS texts,
      EXISTS (SELECT 1 FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.granted
        AND l.objsubid = 2 AND l.classid::bigint = \(LinkSchema.lockClass)
        AND l.objid::bigint = 4294967295 AND l.database = (SELECT oid FROM pg_catalog.pg_database
          WHERE datname = current_database())) AS linked_now
    """

  func json() throws -> String {
    """
    {
      "fleet": \(try question.json(Self.totals)),
      "hosts": \(try question.json(Self.hosts))
    }

    """
  }

  func text(_ style: OutputStyle) throws -> String {
    var table = TextTable([
      .init(title: "HOST", isFlexible: true), .init(title: "LINK"),
      .init(title: "RECORD", alignment: .right), .init(title: "OF"),
      .init(title: "WAITING", alignment: .right), .init(title: "LOGGED", alignment: .right),
    ])
    let rows = try question.rows(
      """
      SELECT host, connected, seq, \(FleetQuestion.microseconds("seq_time")), waiting, fleet_logged,
        fleet_ready FROM (\(Self.hosts)) r
      """)
    for row in rows {
      let isConnected = row[1] == "t"
      table.append([
        .init(FleetText.name(row[0])),
        .init(isConnected ? "up" : "down", isConnected ? .good : .bad),
        .init(FleetText.count(row[2])),
        .init(row[3] == nil ? "-" : ReportText.time(Int64(FleetText.number(row[3])))),
        .init(FleetText.count(row[4]) + (row[6] == "t" ? "" : "+")),
        .init(FleetText.count(row[5])),
      ])
    }
    let totals = try question.rows(Self.totals).first ?? []
    func number(_ place: Int) -> Int { FleetText.number(totals[place]) }
    var lines = rows.isEmpty ? ["no host has joined yet"] : table.lines(style)
    lines.append("")
    lines.append(
      "\(ReportText.count(number(2), "fleet cluster")), \(ReportText.count(number(3))) on two "
        + "hosts and more;")
    lines.append(
      "\(ReportText.count(number(4))) fleet stories, \(ReportText.count(number(5), "text"))")
    lines.append(
      totals[6] == "t"
        ? "a link is linking them, record \(ReportText.count(number(1)))"
        : style.paint("no link is linking them: start neardup-link on a host", .bad))
    return lines.joined(separator: "\n") + "\n"
  }
}
