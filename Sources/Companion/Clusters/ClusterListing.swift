// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// What `neardup clusters` prints.
package struct ClusterListing: Answer, Sendable {
  let clusters: [ListedCluster]
  /// How many clusters there are without the limit.
  let matching: Int
  let selection: ClusterSelection
  let collection: RecordedCollection

  package init(_ selection: ClusterSelection, of collection: RecordedCollection) {
    self.selection = selection
    self.collection = collection
    (clusters, matching) = selection.select(from: collection)
  }

  package func text(_ style: OutputStyle) -> String {
    var lines: [String] = []
    if !clusters.isEmpty { lines += table.lines(style) }
    lines.append(style.paint(summary, .aside))
    return lines.joined(separator: "\n") + "\n"
  }

  private var table: TextTable {
    var table = TextTable([
      .init(title: "CLUSTER"), .init(title: "DOCUMENTS", alignment: .right),
      .init(title: "TEXTS", alignment: .right), .init(title: "FIRST SEEN (UTC)"),
      .init(title: "LAST SEEN"), .init(title: "FIRST DOCUMENT"),
    ])
    for cluster in clusters {
      table.append([
        .init("c\(cluster.cluster)", .name), .init(ReportText.count(cluster.documents)),
        .init(ReportText.count(cluster.texts)), .init(ReportText.time(cluster.firstSeen)),
        .init(ReportText.time(cluster.lastSeen)),
        .init(TerminalText.safe(collection.name(of: cluster.first))),
      ])
    }
    return table
  }

  private var summary: String {
    var text =
      matching == clusters.count
      ? ReportText.count(matching, "cluster")
      : "\(ReportText.count(clusters.count)) of \(ReportText.count(matching, "cluster"))"
    if selection.leastSize > 1 {
      text += " of \(ReportText.count(selection.leastSize)) documents and more"
    }
    if matching > clusters.count { text += " (--limit 0 lists all)" }
    return text + "; \(ReportText.count(collection.documents.count, "document")) in all"
  }

  package func json() throws -> String {
    try JSONText.pretty(
      Report(
        clusters: clusters.map { cluster in
          Report.Cluster(
            cluster: "c\(cluster.cluster)", documents: cluster.documents, texts: cluster.texts,
            firstSeen: LogTime.text(cluster.firstSeen), lastSeen: LogTime.text(cluster.lastSeen),
            first: .init(cluster.first, collection), last: .init(cluster.last, collection))
        }, matching: matching, documents: collection.documents.count,
        source: collection.source.rawValue))
  }

  private struct Report: Encodable {
    struct Cluster: Encodable {
      let cluster: String
      let documents: Int
      let texts: Int
      let firstSeen: String
      let lastSeen: String
      let first: NamedDocument
      let last: NamedDocument
    }

    let clusters: [Cluster]
    let matching: Int
    let documents: Int
    let source: String
  }
}
