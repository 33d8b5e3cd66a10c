// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ClusterSelectionTests {
  /// c1 of three, c2 of two and the most recent, c3 of one.
  private let collection = Records.collection([
    Records.assigned(1, "wire/a"), Records.assigned(2, "web/b"), Records.assigned(3, "web/c"),
    Records.assigned(4, "wire/d", cluster: 1, like: 1),
    Records.assigned(5, "wire/e", cluster: 1, like: 1, identical: true),
    Records.assigned(6, "web/f", cluster: 2, like: 2),
  ])

  private func select(_ change: (inout ClusterSelection) -> Void) -> [UInt32] {
    var selection = ClusterSelection()
    change(&selection)
    return selection.select(from: collection).clusters.map(\.cluster)
  }

  @Test func orders() {
    #expect(select { _ in } == [1, 2])
    #expect(select { $0.order = .recent } == [2, 1])
    #expect(select { $0.leastSize = 1 } == [1, 2, 3])
    #expect(select { $0.leastSize = 3 } == [1])
  }

  @Test func filters() {
    #expect(select { $0.path = PathPattern("web/*") } == [2])
    #expect(select { $0.path = PathPattern("d") } == [1])
    #expect(select { $0.since = Records.start + 6_000_000 } == [2])
    #expect(select { $0.since = Records.start + 7_000_000 } == [])
  }

  @Test func limit() {
    var selection = ClusterSelection()
    selection.limit = 1
    let (clusters, matching) = selection.select(from: collection)
    #expect(clusters.map(\.cluster) == [1])
    #expect(matching == 2)
    #expect(clusters[0].documents == 3)
    #expect(clusters[0].texts == 2)
    #expect(clusters[0].last.number == 5)
  }

  @Test("the list says what it leaves out, and JSON says the same")
  func listing() throws {
    var selection = ClusterSelection()
    selection.limit = 1
    let listing = ClusterListing(selection, of: collection)
    let text = listing.text(OutputStyle())
    #expect(text.contains("c1"))
    #expect(!text.contains("c2 "))
    #expect(text.contains("1 of 2 clusters of 2 documents and more (--limit 0 lists all)"))
    let json = try listing.json()
    #expect(json.contains("\"matching\" : 2"))
    #expect(json.contains("\"first_seen\" : \"2026-11-21"))
  }
}
