// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ReportIndexTests {
  private func headlines(
    _ clusters: ReportedClusters, _ stories: ReportedStories, _ collection: RecordedCollection,
    _ limits: PageLimits
  ) -> ReportedHeadlines {
    // There is neither a log nor a file.
    ReportedHeadlines(clusters, stories, of: collection, LogScan(Array("/none".utf8)), limits)
  }

  @Test("each column has a value for each cluster or document that is listed")
  func columns() throws {
    let collection = Records.collection([
      Records.assigned(1, "a</script>.txt"), Records.assigned(2, cluster: 1, like: 1),
      Records.assigned(3, cluster: 1, like: 2, identical: true), Records.assigned(4),
      Records.assigned(5, cluster: 4, like: 4, replaces: 1), Records.removed(2, cluster: 1),
      Records.assigned(6),
    ])
    let limits = PageLimits(members: 2, detailed: 1)
    let clusters = ReportedClusters(collection, limits)
    var partition = Partition()
    for document in [1, 2, 3, 6] as [UInt32] { partition.put(document, into: 1) }
    let stories = ReportedStories(collection, partition, limits)
    let index = try JSONValue(
      parsing: ReportIndex(
        clusters, stories, headlines(clusters, stories, collection, limits), of: collection, limits,
        withoutDetails: "None."
      ).json())
    func column(_ table: String, _ name: String) -> [Int] {
      index[table]?[name]?.array?.compactMap(\.integer) ?? []
    }
    for (_, values) in index["clusters"]?.object ?? [:] { #expect(values.array?.count == 2) }
    for (_, values) in index["documents"]?.object ?? [:] { #expect(values.array?.count == 4) }
    #expect(column("clusters", "number") == [1, 4])
    #expect(column("clusters", "documents") == [3, 2])
    #expect(column("clusters", "listed") == [2, 2])
    #expect(column("clusters", "texts") == [2, 2])
    #expect(column("clusters", "story") == [1, 0])
    #expect(column("stories", "number") == [1])
    #expect(column("stories", "clusters") == [2])
    #expect(column("stories", "documents") == [4])
    #expect(column("story_clusters", "number") == [1, 6])
    #expect(column("story_clusters", "documents") == [3, 1])
    for (_, values) in index["story_clusters"]?.object ?? [:] {
      #expect(values.array?.count == 2)
    }
    #expect(column("documents", "number") == [1, 2, 4, 5])
    #expect(column("documents", "relation") == [0, 1, 0, 1])
    // Replaced by document 5; removed.
    #expect(column("documents", "state") == [1, 2, 0, 0])
    #expect(column("documents", "time").first == Int(Records.start / 1_000) + 1_000)
    #expect(index["documents"]?["name"]?.array?.first?.string == "a</script>.txt")
    #expect(index["without_details"]?.string == "None.")
  }

  @Test("a cluster's times are those between which all of it came, also after the clock was set")
  func clock() throws {
    let collection = Records.collection(
      [
        Records.assigned(1), Records.assigned(2, cluster: 1, like: 1),
        Records.assigned(3, cluster: 1, like: 1),
      ], at: [20, 30, 10])
    let clusters = ReportedClusters(collection, PageLimits())
    let stories = ReportedStories(collection, Partition(), PageLimits())
    let index = try JSONValue(
      parsing: ReportIndex(
        clusters, stories, headlines(clusters, stories, collection, PageLimits()), of: collection,
        PageLimits(), withoutDetails: ""
      ).json())
    #expect(index["clusters"]?["first"]?.array?.map(\.integer) == [10_000])
    #expect(index["clusters"]?["last"]?.array?.map(\.integer) == [30_000])
  }
}
