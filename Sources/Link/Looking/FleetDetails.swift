// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Companion

/// What `neardup fleet cluster` and `neardup fleet explain` print.
struct FleetDetails {
  let question: FleetQuestion

  private static let documents = """
    SELECT d.host, 'c' || d.cluster AS cluster, d.document, d.relation::text AS relation, d.words,
      d.path, d.member, d.title, d.time, d.drop_directory
    FROM neardup.fleet_documents d
    JOIN neardup.hosts h ON h.name = d.host
    JOIN neardup.fleet_linked l ON l.host = h.host AND l.cluster = d.cluster
    WHERE l.fleet_cluster = $1::integer ORDER BY d.time, d.host, d.document
    """

  /// What each cluster of a host in it was linked by.
  private static let links = """
    SELECT h.name AS host, 'c' || m.cluster AS cluster, m.document, o.name AS matched_host,
      e.document AS matched_document, m.resemblance, m.containment, m.shared,
      m.cluster_similarity, m.is_held AS held
    FROM neardup.fleet_members m
    JOIN neardup.hosts h ON h.host = m.host
    LEFT JOIN neardup.fleet_members e ON e.text = m.matched
    LEFT JOIN neardup.hosts o ON o.host = e.host
    WHERE m.fleet_cluster = $1::integer ORDER BY m.text
    """

  // MARK: One fleet cluster

  func json(_ cluster: UInt32) throws -> String {
    let parameters = ["\(cluster)"]
    let story = try story(of: cluster)
    let told = story.map { "\"fs\($0)\"" } ?? "null"
    return """
      {
        "fleet_cluster": "f\(cluster)",
        "fleet_story": \(told),
        "links": \(try question.json(Self.links, parameters)),
        "documents": \(try question.json(Self.documents, parameters))
      }

      """
  }

  func text(_ cluster: UInt32, askedFor: UInt32, _ style: OutputStyle) throws -> String {
    let rows = try question.rows(
      """
      SELECT host, cluster, document, relation, words, path, member, title,
        \(FleetQuestion.microseconds("time")) FROM (\(Self.documents)) r ORDER BY 9, 1, 3
      """, ["\(cluster)"])
    let hosts = Set(rows.compactMap { $0[0] }).count
    var heading = style.paint("f\(cluster)", .name)
    heading += ": \(ReportText.count(rows.count, "document"))"
    heading += " on \(ReportText.count(hosts, "host"))"
    if let story = try story(of: cluster) { heading += ", fleet story fs\(story)" }
    var lines = [heading]
    if askedFor != cluster { lines.append("f\(askedFor) was merged into it") }
    if let title = rows.lazy.compactMap({ $0[7] }).first {
      lines.append(style.line("title:      ", TerminalText.safe(title)))
    }
    if let first = rows.first {
      let path = FleetText.path(first[5], first[6])
      lines.append(style.line("first seen: ", "\(FleetText.name(first[0])): \(path)"))
    }
    lines.append("")
    lines += table(rows, style).lines(style)
    lines.append("")
    lines += try evidence(cluster, style)
    return lines.joined(separator: "\n") + "\n"
  }

  private func story(of cluster: UInt32) throws -> UInt32? {
    try question.rows(
      "SELECT story FROM neardup.fleet_clusters WHERE fleet_cluster = $1", ["\(cluster)"]
    ).first?[0].flatMap { UInt32($0) }
  }

  private func table(_ rows: [[String?]], _ style: OutputStyle) -> TextTable {
    var table = TextTable([
      .init(title: "HOST"), .init(title: "CLUSTER"), .init(title: "DOC", alignment: .right),
      .init(title: "ARRIVED"), .init(title: "RELATION", missedAt: 1),
      .init(title: "WORDS", alignment: .right, missedAt: 2), .init(title: "PATH", isFlexible: true),
      .init(title: "TITLE", missedAt: 0),
    ])
    let times = FleetText.times(rows.map { $0[8] }, style)
    for (row, time) in zip(rows, times) {
      table.append([
        .init(FleetText.name(row[0])), .init(row[1] ?? "", .name), .init(FleetText.count(row[2])),
        .init(time), .init(row[3] ?? ""), .init(FleetText.count(row[4])),
        .init(FleetText.path(row[5], row[6])),
        .init(row[7].map { TerminalText.safe($0) } ?? ""),
      ])
    }
    return table
  }

  private func evidence(_ cluster: UInt32, _ style: OutputStyle) throws -> [String] {
    let rows = try question.rows(
      "SELECT host, cluster, document, matched_host, matched_document, resemblance, containment, "
        + "cluster_similarity FROM (\(Self.links)) r WHERE matched_document IS NOT NULL",
      ["\(cluster)"])
    return rows.map { row in
      let measures = (5...7).map { row[$0].flatMap { Double($0) }.map(ReportText.measure) ?? "-" }
      return style.line(
        "",
        "\(FleetText.name(row[0])) \(row[1] ?? "") by document \(row[2] ?? ""): matched "
          + "\(FleetText.name(row[3])) document \(row[4] ?? ""), resemblance \(measures[0]), "
          + "containment \(measures[1]), similarity \(measures[2])")
    }
  }

  // MARK: One document

  /// Which documents a path names: all of it, or its end behind a slash.
  private static let named = """
    SELECT d.host, d.document, 'c' || d.cluster AS cluster, d.relation::text AS relation, d.path,
      d.member, d.title, d.time, 'f' || d.fleet_cluster AS fleet_cluster,
      'fs' || d.fleet_story AS fleet_story, o.name AS matched_host, e.document AS matched_document,
      x.path AS matched_path, m.resemblance, m.containment, m.cluster_similarity,
      (SELECT count(DISTINCT l.host) FROM neardup.fleet_linked l
        WHERE l.fleet_cluster = d.fleet_cluster) AS hosts
    FROM neardup.fleet_documents d
    JOIN neardup.hosts h ON h.name = d.host
    LEFT JOIN LATERAL (
      SELECT * FROM neardup.fleet_members f WHERE f.host = h.host AND f.cluster = d.cluster
      ORDER BY f.document <> d.document, f.matched IS NULL, f.text LIMIT 1
    ) m ON true
    LEFT JOIN neardup.fleet_members e ON e.text = m.matched
    LEFT JOIN neardup.hosts o ON o.host = e.host
    LEFT JOIN neardup.documents x ON x.host = e.host AND x.document = e.document
    WHERE (d.path = $1 OR right(d.path, length($1) + 1) = '/' || $1)
      AND ($2::text IS NULL OR d.host = $2)
    ORDER BY d.time, d.host, d.document
    """

  func json(path: String, host: String?) throws -> String {
    try question.json(Self.named, [path, host]) + "\n"
  }

  func text(path: String, host: String?, _ style: OutputStyle) throws -> String {
    let rows = try question.rows(
      "SELECT r.*, \(FleetQuestion.microseconds("time")) FROM (\(Self.named)) r", [path, host])
    guard !rows.isEmpty else {
      throw LinkFailure(
        .inputOutput, "no host has a document at \(TerminalText.safe(path)) in the database")
    }
    return rows.map { explanation($0, style) }.joined(separator: "\n")
  }

  private func explanation(_ row: [String?], _ style: OutputStyle) -> String {
    let time = ReportText.time(Int64(FleetText.number(row.last ?? nil)))
    var lines = [
      style.line(
        "", "\(FleetText.name(row[0])): \(FleetText.path(row[4], row[5]))"),
      "  document \(row[1] ?? ""), \(time) UTC, \(row[3] ?? "") in \(row[2] ?? "") of its host",
    ]
    if let title = row[6] { lines.append(style.line("  title: ", TerminalText.safe(title))) }
    guard let fleet = row[8] else {
      return (lines + ["  its cluster is not linked yet"]).joined(separator: "\n") + "\n"
    }
    let hosts = ReportText.count(FleetText.number(row[16]), "host")
    lines.append(
      "  \(style.paint(fleet, .name)) on \(hosts)" + (row[9].map { ", fleet story \($0)" } ?? ""))
    if let matched = row[11] {
      let measures = (13...15).map { row[$0].flatMap { Double($0) }.map(ReportText.measure) ?? "-" }
      lines.append(
        style.line(
          "  ",
          "linked by \(FleetText.name(row[10])) document \(matched), "
            + FleetText.name(row[12])))
      lines.append(
        "  resemblance \(measures[0]), containment \(measures[1]), similarity \(measures[2])")
    } else {
      lines.append("  the first of its fleet cluster, or linked by its host's own decision")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
