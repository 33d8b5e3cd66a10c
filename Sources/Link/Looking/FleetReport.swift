// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion

/// What `neardup fleet report` writes: one HTML page without scripts, which loads nothing.
struct FleetReport {
  let question: FleetQuestion
  /// How many fleet clusters are shown, and how many documents of each.
  let limit: Int

  private static let documentLimit = 50

  private static let style = """
    body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem;
      padding: 0 1rem; color: #1a1a1a; background: #fff }
    table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem }
    th, td { text-align: left; padding: .2rem .6rem .2rem 0; vertical-align: top;
      overflow-wrap: anywhere }
    th { border-bottom: 1px solid #767676; font-weight: 600 }
    td.n, th.n { text-align: right; white-space: nowrap }
    summary { cursor: pointer } .aside { color: #595959 }
    @media (prefers-color-scheme: dark) {
      body { color: #eee; background: #161616 } .aside { color: #a8a8a8 } }
    """

  func write(_ body: (String) throws -> Void) throws {
    // Totals and tables are of one moment.
    _ = try question.rows("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try body(
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Fleet clusters</title>
      <meta name="viewport" content="width=device-width">
      <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'">
      <style>\(Self.style)</style></head><body><main>
      <h1>Fleet clusters</h1>

      """)
    try body(totals())
    try body(hosts())
    try body("<h2>The largest on two hosts and more</h2>\n")
    for row in try largest() { try body(cluster(row)) }
    try body("</main></body></html>\n")
    _ = try question.rows("COMMIT")
  }

  private func totals() throws -> String {
    let row =
      try question.rows(
        """
        SELECT count(*), count(*) FILTER (WHERE hosts > 1), coalesce(sum(clusters), 0),
          (SELECT count(*) FROM neardup.documents), \(FleetQuestion.microseconds("now()"))
        FROM (SELECT count(DISTINCT host) AS hosts, count(*) AS clusters
          FROM neardup.fleet_linked GROUP BY fleet_cluster) x
        """
      ).first ?? []
    let moment = ReportText.time(Int64(FleetText.number(row[4])))
    return """
      <p>\(FleetText.count(row[3])) documents in \(FleetText.count(row[2])) clusters of hosts, \
      which make \(FleetText.count(row[0])) fleet clusters, \(FleetText.count(row[1])) of them on \
      two hosts and more.</p>
      <p class="aside">As of \(moment) UTC.</p>

      """
  }

  private func hosts() throws -> String {
    let rows = try question.rows(
      """
      SELECT h.name, count(d.document), count(DISTINCT d.cluster),
        (SELECT count(DISTINCT m.cluster) FROM neardup.fleet_members m WHERE m.host = h.host
          AND EXISTS (SELECT 1 FROM neardup.fleet_members o
            WHERE o.fleet_cluster = m.fleet_cluster AND o.host <> m.host))
      FROM neardup.hosts h LEFT JOIN neardup.documents d ON d.host = h.host
      GROUP BY h.host, h.name ORDER BY h.name
      """)
    var text = "<h2>Hosts</h2>\n<table><tr><th>Host<th class=n>Documents<th class=n>Clusters"
    text += "<th class=n>Also on other hosts</tr>\n"
    for row in rows {
      text += "<tr><td>\(Self.escaped(row[0]))<td class=n>\(FleetText.count(row[1]))"
      text += "<td class=n>\(FleetText.count(row[2]))<td class=n>\(FleetText.count(row[3]))</tr>\n"
    }
    return text + "</table>\n"
  }

  private func largest() throws -> [[String?]] {
    try question.rows(
      """
      SELECT fleet_cluster, hosts, documents, coalesce(first_title, first_path), first_host
      FROM neardup.fleet_current_clusters WHERE hosts > 1
      ORDER BY documents DESC, fleet_cluster LIMIT $1::integer
      """, ["\(limit)"])
  }

  private func cluster(_ row: [String?]) throws -> String {
    let documents = try question.rows(
      """
      SELECT h.name, \(FleetQuestion.microseconds("d.time")), d.path, d.member, d.title
      FROM neardup.fleet_linked l
      JOIN neardup.documents d ON d.host = l.host AND d.cluster = l.cluster
      JOIN neardup.hosts h ON h.host = d.host
      WHERE l.fleet_cluster = $1::integer ORDER BY d.time, h.name, d.document
      LIMIT \(Self.documentLimit)
      """, [row[0]])
    var text = "<details><summary>f\(row[0] ?? ""): \(Self.escaped(row[3])) "
    text += "<span class=aside>\(FleetText.count(row[2])) documents, "
    text += "\(FleetText.count(row[1])) hosts, first on \(Self.escaped(row[4]))</span></summary>\n"
    text += "<table><tr><th>Host<th>Arrived<th>Path<th>Title</tr>\n"
    for document in documents {
      let time = ReportText.time(Int64(FleetText.number(document[1])))
      text += "<tr><td>\(Self.escaped(document[0]))<td>\(time)"
      text += "<td>\(ScriptData.markup(FleetText.path(document[2], document[3])))"
      text += "<td>\(Self.escaped(document[4]))</tr>\n"
    }
    let rest = FleetText.number(row[2]) - documents.count
    text += "</table>\n"
    if rest > 0 { text += "<p class=aside>and \(ReportText.count(rest)) more</p>\n" }
    return text + "</details>\n"
  }

  private static func escaped(_ field: String?) -> String {
    ScriptData.markup(FleetText.name(field))
  }
}
