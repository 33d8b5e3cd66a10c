// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ReportedClustersTests {
  /// Clusters of 4, 3, 2 and 2 documents and one document alone, the small ones the newest.
  private static let collection = Records.collection([
    Records.assigned(1), Records.assigned(2, cluster: 1, like: 1),
    Records.assigned(3, cluster: 1, like: 1), Records.assigned(4, cluster: 1, like: 1),
    Records.assigned(5), Records.assigned(6, cluster: 5, like: 5),
    Records.assigned(7, cluster: 5, like: 5, identical: true),
    Records.assigned(8), Records.assigned(9, cluster: 8, like: 8),
    Records.assigned(10), Records.assigned(11, cluster: 10, like: 10),
    Records.assigned(12),
  ])

  @Test("the largest come first, and nothing is left out that fits")
  func order() {
    let clusters = ReportedClusters(Self.collection, PageLimits())
    #expect(clusters.all.map(\.number) == [1, 5, 8, 10])
    #expect(clusters.listed == [0, 1, 2, 3])
    #expect(clusters.detailed == [0, 1, 2, 3])
    let totals = ReportTotals(Self.collection, clusters)
    #expect(totals.documents == 12)
    #expect(totals.texts == 11)
    #expect(totals.clusters == 4)
    #expect(totals.clustered == 11)
    #expect(totals.largest == 4)
  }

  @Test("the largest and the newest are shown closely")
  func detailed() {
    let clusters = ReportedClusters(Self.collection, PageLimits(detailed: 1))
    #expect(clusters.detailed == [0, 3])
    #expect(ReportedClusters(Self.collection, PageLimits(detailed: 0)).detailed.isEmpty)
  }

  @Test("what does not fit is neither the largest nor the newest")
  func listed() {
    let clusters = ReportedClusters(Self.collection, PageLimits(documents: 6))
    #expect(clusters.listed == [0, 3])
    // Of a large cluster only the first documents count.
    let short = ReportedClusters(Self.collection, PageLimits(documents: 6, members: 2))
    #expect(short.listed == [0, 1, 3])
  }
}
