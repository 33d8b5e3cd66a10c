// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Which clusters are listed, and in which order.
package struct ClusterSelection: Sendable, Equatable {
  package enum Order: String, Sendable, CaseIterable { case size, recent }

  /// Only clusters that got a document since then; microseconds since the epoch.
  package var since: Int64?
  package var leastSize = 2
  package var order = Order.size
  /// Only clusters with a document at such a path.
  package var path: PathPattern?
  /// How many at most; nil for all.
  package var limit: Int?

  package init() {}

  /// The clusters that are wanted, in order, and how many there are without the limit.
  func select(from collection: RecordedCollection) -> (clusters: [ListedCluster], matching: Int) {
    var found: [ListedCluster] = []
    for (cluster, members) in collection.clusters.members(atLeast: leastSize) {
      let documents = members.compactMap { collection[$0] }
      guard let listed = ListedCluster(cluster, documents), isWanted(listed, documents) else {
        continue
      }
      found.append(listed)
    }
    found.sort { isBefore($0, $1) }
    return (limit.map { Array(found.prefix($0)) } ?? found, found.count)
  }

  private func isWanted(_ cluster: ListedCluster, _ documents: [RecordedDocument]) -> Bool {
    if let since, cluster.lastSeen < since { return false }
    if let path { return documents.contains { path.matches($0.path) } }
    return true
  }

  /// The larger or the more recent one; of equals the one that began earlier.
  private func isBefore(_ one: ListedCluster, _ other: ListedCluster) -> Bool {
    switch order {
    case .size where one.documents != other.documents: one.documents > other.documents
    case .recent where one.last.number != other.last.number: one.last.number > other.last.number
    default: one.cluster < other.cluster
    }
  }
}
