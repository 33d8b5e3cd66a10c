// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What `neardup report` says when the page is written.
struct WrittenReport: Encodable, Sendable, Equatable {
  let path: String
  let bytes: Int
  let documents: Int
  let clusters: Int
  /// Of two clusters and more.
  let stories: Int
  let listedClusters: Int
  let detailedClusters: Int

  init(_ report: CollectionReport, to path: String) {
    self.path = path
    bytes = report.html.count
    documents = report.totals.documents
    clusters = report.totals.clusters
    stories = report.stories.several.count
    listedClusters = report.listed
    detailedClusters = report.detailed
  }

  var text: String {
    "\(TerminalText.safe(path)): \(ReportText.count(documents, "document")), "
      + "\(ReportText.count(clusters, "cluster")), \(ReportText.count(detailedClusters)) of them "
      + "with figures and texts; \(Quantity.bytes(bytes))\n"
  }
}
