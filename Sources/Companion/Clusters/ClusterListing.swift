// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// What `neardup clusters` prints.
package struct ClusterListing: Answer, Sendable {
  let clusters: [ListedCluster]
  /// Of the first document of each; nil where nothing tells.
  let headlines: [String?]
  /// How many clusters there are without the limit.
  let matching: Int
  let selection: ClusterSelection
  let collection: RecordedCollection

  package init(_ selection: ClusterSelection, of collection: RecordedCollection) {
    self.selection = selection
    self.collection = collection
    (clusters, matching) = selection.select(from: collection)
    var headlines = Headlines(collection)
    self.headlines = clusters.map { headlines.headline(of: $0.first) }
  }

  package func text(_ style: OutputStyle) -> String {
    var lines: [String] = []
    if !clusters.isEmpty { lines += table(style).lines(style) }
    lines.append(style.paint(summary, .aside))
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ style: OutputStyle) -> TextTable {
    var table = TextTable([
      .init(title: "CLUSTER"), .init(title: "DOCS", alignment: .right),
      .init(title: "TEXTS", alignment: .right, missedAt: 2), .init(title: "FIRST"),
      .init(title: "LAST"), .init(title: "FIRST DOCUMENT", isFlexible: true, missedAt: 1),
      .init(title: "TITLE"),
    ])
    let times = ReportText.times(clusters.map(\.firstSeen) + clusters.map(\.lastSeen), style)
    for (place, cluster) in clusters.enumerated() {
      let name = TerminalText.safe(collection.name(of: cluster.first))
      table.append([
        .init("c\(cluster.cluster)", .name), .init(ReportText.count(cluster.documents)),
        .init(ReportText.count(cluster.texts)), .init(times[place]),
        .init(times[clusters.count + place]), .init(name),
        .init(headlines[place].map { TerminalText.safe($0) } ?? name),
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
    return text + "; \(ReportText.count(collection.documents.count, "document")) in all; UTC"
  }

  package func json() throws -> String {
    try JSONText.pretty(
      Report(
        clusters: zip(clusters, headlines).map { cluster, title in
          Report.Cluster(
            cluster: "c\(cluster.cluster)", documents: cluster.documents, texts: cluster.texts,
            title: title,
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
      let title: String?
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
