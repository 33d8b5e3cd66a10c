// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The figures at the head of a report.
struct ReportTotals: Sendable, Equatable {
  let documents: Int
  /// Documents with bytes of their own.
  let texts: Int
  /// Clusters of two documents and more.
  let clusters: Int
  /// Documents in such clusters.
  let clustered: Int
  /// Documents of the largest cluster.
  let largest: Int

  init(_ collection: RecordedCollection, _ clusters: ReportedClusters) {
    documents = collection.documents.count
    texts = collection.documents.count { $0.identicalTo == nil }
    self.clusters = clusters.all.count
    clustered = clusters.all.reduce(0) { $0 + $1.members.count }
    largest = clusters.all.first?.members.count ?? 0
  }
}
